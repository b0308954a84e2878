package io.mcpgateway.broker.session;

/** The secret that session and router tokens are signed with. It never prints itself. */
public final class SigningKey {
    /** HS256 keys must be at least as long as the hash (RFC 7518, section 3.2). */
    public static final int MINIMUM_BYTES = 32;

    private final byte[] bytes;

    private SigningKey(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** Keeps a copy. */
    public static SigningKey of(byte[] bytes) {
        if (bytes.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException("a signing key needs at least " + MINIMUM_BYTES + " bytes");
        }
        return new SigningKey(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "SigningKey[***]";
    }
}
