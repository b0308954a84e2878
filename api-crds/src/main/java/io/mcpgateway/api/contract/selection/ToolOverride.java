package io.mcpgateway.api.contract.selection;

import java.util.Objects;
import java.util.Optional;

/**
 * What a virtual server says of a tool in place of what its server says; empty: what the server says.
 *
 * @param tool the served name
 * @param name the name that clients see and call
 */
public record ToolOverride(
        String tool,
        Optional<String> name,
        Optional<String> title,
        Optional<String> description,
        Annotations annotations) {
    /** Members of {@code annotations} (MCP 2025-11-25, ToolAnnotations); those that are empty stay as they are. */
    public record Annotations(
            Optional<String> title,
            Optional<Boolean> readOnlyHint,
            Optional<Boolean> destructiveHint,
            Optional<Boolean> idempotentHint,
            Optional<Boolean> openWorldHint) {
        public static final Annotations AS_THEY_ARE = new Annotations(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Annotations {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(readOnlyHint, "readOnlyHint");
            Objects.requireNonNull(destructiveHint, "destructiveHint");
            Objects.requireNonNull(idempotentHint, "idempotentHint");
            Objects.requireNonNull(openWorldHint, "openWorldHint");
        }
    }

    public ToolOverride {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(annotations, "annotations");
    }
}
