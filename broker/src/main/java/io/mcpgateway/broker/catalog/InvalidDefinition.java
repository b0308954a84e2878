package io.mcpgateway.broker.catalog;

import java.util.Objects;

/** An item that a server lists and that is not served, with the reason that {@code /status} shows. */
public record InvalidDefinition(String name, String reason) {
    public InvalidDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }
}
