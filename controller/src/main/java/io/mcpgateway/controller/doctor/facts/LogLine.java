package io.mcpgateway.controller.doctor.facts;

import java.util.Objects;

/**
 * A line of a log.
 *
 * @param source whose log it is, such as {@code Pod mcp-system/mcp-gateway-a}
 */
public record LogLine(String source, String text) {
    public LogLine {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(text, "text");
    }
}
