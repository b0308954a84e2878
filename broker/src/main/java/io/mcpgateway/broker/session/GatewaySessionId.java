package io.mcpgateway.broker.session;

import java.util.Objects;

/** The unique part ({@code jti}) of a gateway session token. Safe to log; the token itself is not. */
public record GatewaySessionId(String value) {
    public GatewaySessionId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
