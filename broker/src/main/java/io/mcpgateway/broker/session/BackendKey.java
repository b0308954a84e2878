package io.mcpgateway.broker.session;

import java.util.Objects;

/**
 * Which server a backend session belongs to: its name plus a mark of its address, so that a registration that moves
 * to another url never reuses sessions of the old one. See {@code ServerRoute.backendKey()}.
 */
public record BackendKey(String value) {
    public BackendKey {
        Objects.requireNonNull(value, "value");
    }
}
