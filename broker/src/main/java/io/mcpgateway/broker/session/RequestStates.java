package io.mcpgateway.broker.session;

import io.mcpgateway.broker.json.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a client carries for the gateway from one round of a call to the next ({@code requestState}; MCP 2026-07-28, "Multi
 * Round-Trip Requests"): sealed with AES-256-GCM, so that nobody can read or change it, for one caller and one request
 * only. Any replica can open it. Whether it was used before is for whoever keeps the call to find out.
 *
 * <p>The string is {@code mcpgs1.<nonce and ciphertext in base64url>}. The nonce is an HMAC of what is sealed, so the same
 * content gets the same string, and no nonce is used for two contents.
 */
public final class RequestStates {
    private static final String START = "mcpgs1.";
    private static final int MAX_LENGTH = 2048;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /**
     * What is carried.
     *
     * @param replica where the call waits; empty if no call waits, and the retry is a new one
     * @param call which one it is, unguessable
     * @param round how often the client was asked
     * @param expiresAt in whole seconds
     */
    public record Carried(String replica, String call, int round, Instant expiresAt) {
        public Carried {
            Objects.requireNonNull(replica, "replica");
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }
    }

    /**
     * Whose it is: nobody else can use it, and for no other request.
     *
     * @param name the served name or the URI
     * @param arguments as the client wrote them
     */
    public record Holder(CallerBinding caller, String method, String name, RawJson arguments) {
        public Holder {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(arguments, "arguments");
        }

        private byte[] digest() {
            MessageDigest digest = Sha256.fresh();
            update(digest, caller.value().getBytes(StandardCharsets.UTF_8));
            update(digest, method.getBytes(StandardCharsets.UTF_8));
            update(digest, name.getBytes(StandardCharsets.UTF_8));
            arguments.lendTo(bytes -> update(digest, bytes));
            return digest.digest();
        }

        /** With its length, so that no two holders give the same bytes. */
        private static void update(MessageDigest digest, byte[] part) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            digest.update(part);
        }
    }

    private final KeyedMac nonces;
    private final SecretKeySpec key;

    private RequestStates(KeyedMac nonces, SecretKeySpec key) {
        this.nonces = nonces;
        this.key = key;
    }

    /**
     * States that only holders of this key can make and read.
     *
     * @param key of the session tokens; what is made here cannot be taken for one of them
     */
    public static RequestStates withKey(byte[] key) {
        KeyedMac root = KeyedMac.withKey(key);
        return new RequestStates(
                KeyedMac.withKey(derived(root, "nonces")), new SecretKeySpec(derived(root, "encryption"), "AES"));
    }

    private static byte[] derived(KeyedMac root, String purpose) {
        return root.of(("mcp-gateway request state " + purpose).getBytes(StandardCharsets.US_ASCII));
    }

    public String seal(Carried carried, Holder holder) {
        byte[] content = encoded(carried);
        byte[] context = holder.digest();
        byte[] nonce = Arrays.copyOf(nonces.of(joined(context, content)), NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context);
            return START + ENCODER.encodeToString(joined(nonce, cipher.doFinal(content)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no usable " + CIPHER, e);
        }
    }

    /** Empty if it was not sealed here for this holder. */
    public Optional<Carried> open(String state, Holder holder) {
        if (!state.startsWith(START) || state.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] sealed = DECODER.decode(state.substring(START.length()));
            if (sealed.length < NONCE_BYTES
                    || !ENCODER.encodeToString(sealed).equals(state.substring(START.length()))) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, holder.digest());
            return Optional.of(decoded(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES)));
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static byte[] encoded(Carried carried) {
        byte[] replica = carried.replica().getBytes(StandardCharsets.UTF_8);
        byte[] call = carried.call().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Short.BYTES + replica.length + call.length)
                .putLong(carried.expiresAt().getEpochSecond())
                .putInt(carried.round())
                .putShort((short) replica.length)
                .put(replica)
                .put(call)
                .array();
    }

    private static Carried decoded(byte[] content) {
        ByteBuffer read = ByteBuffer.wrap(content);
        Instant expiresAt = Instant.ofEpochSecond(read.getLong());
        int round = read.getInt();
        String replica = text(read, read.getShort());
        return new Carried(replica, text(read, read.remaining()), round, expiresAt);
    }

    private static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
