package io.mcpgateway.broker.session;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Which server a server session belongs to: its name plus a digest of its address, so that a registration that moves
 * to another url never uses sessions of the old one. A digest, because keys are logged and a url may hold a secret.
 */
public record ServerKey(String value) {
    private static final int DIGEST_BYTES = 16;

    public ServerKey {
        Objects.requireNonNull(value, "value");
    }

    public static ServerKey of(String server, URI url) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(url.toString().getBytes(StandardCharsets.UTF_8));
            return new ServerKey(server + "@" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
