package io.mcpgateway.broker.listing;

import java.util.List;
import java.util.Objects;

/** An item that a server lists and that is not served, with the reasons that {@code /status} shows. */
public record InvalidDefinition(String name, List<String> reasons) {
    public InvalidDefinition {
        Objects.requireNonNull(name, "name");
        reasons = List.copyOf(reasons);
    }

    public InvalidDefinition(String name, String reason) {
        this(name, List.of(reason));
    }

    public String reason() {
        return String.join(", ", reasons);
    }
}
