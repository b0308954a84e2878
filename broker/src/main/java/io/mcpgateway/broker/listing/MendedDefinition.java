package io.mcpgateway.broker.listing;

import java.util.List;
import java.util.Objects;

/** An item that is served otherwise than its server sent it, with what was changed. */
public record MendedDefinition(String name, List<String> changes) {
    public MendedDefinition {
        Objects.requireNonNull(name, "name");
        changes = List.copyOf(changes);
    }
}
