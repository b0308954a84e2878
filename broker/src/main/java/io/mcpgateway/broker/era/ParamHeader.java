package io.mcpgateway.broker.era;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An argument of a tool that also travels in a header (MCP 2026-07-28, Streamable HTTP, "Custom Headers from Tool
 * Parameters").
 *
 * @param header the name of the header in lower case
 * @param path the names of properties that lead to it from {@code arguments}; one unless it is nested
 */
public record ParamHeader(String header, List<String> path, Type type) {
    /** The types that an argument with a header can have. */
    public enum Type {
        STRING,
        INTEGER,
        BOOLEAN;

        /** By its name in JSON Schema. */
        public static Optional<Type> of(String name) {
            return switch (name) {
                case "string" -> Optional.of(STRING);
                case "integer" -> Optional.of(INTEGER);
                case "boolean" -> Optional.of(BOOLEAN);
                default -> Optional.empty();
            };
        }
    }

    public ParamHeader {
        Objects.requireNonNull(header, "header");
        path = List.copyOf(path);
        Objects.requireNonNull(type, "type");
    }
}
