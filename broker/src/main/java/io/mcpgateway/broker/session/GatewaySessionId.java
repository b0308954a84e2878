package io.mcpgateway.broker.session;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** The unique part ({@code jti}) of a gateway session token. Safe to log; the token itself is not. */
public record GatewaySessionId(String value) {
    private static final int DIGEST_DIGITS = 32;

    public GatewaySessionId {
        Objects.requireNonNull(value, "value");
    }

    /** The first half of its SHA-256, in hexadecimal: tells sessions apart where the ID itself should not be kept. */
    public String digest() {
        byte[] digest = Sha256.fresh().digest(value.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
    }

    @Override
    public String toString() {
        return value;
    }
}
