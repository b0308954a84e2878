package io.mcpgateway.broker.catalog;

import java.util.Objects;

/** A tool that a server offered and that is not served, with the reason that {@code /status} shows. */
public record InvalidTool(String name, String reason) {
    public InvalidTool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }
}
