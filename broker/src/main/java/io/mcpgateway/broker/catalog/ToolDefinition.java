package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.TextSpan;
import java.util.Objects;

/**
 * One tool as its server sent it.
 *
 * @param json the whole tool object, byte for byte
 * @param name the tool's own name and where it stands in {@code json}
 */
public record ToolDefinition(RawJson json, TextSpan name, ToolHints hints) {
    public ToolDefinition {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hints, "hints");
    }
}
