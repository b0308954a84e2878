package io.mcpgateway.api.contract;

import java.util.Objects;

/** A secret header value. It never prints itself. */
public record Credential(String headerValue) {
    public Credential {
        Objects.requireNonNull(headerValue, "headerValue");
    }

    @Override
    public String toString() {
        return "Credential[***]";
    }
}
