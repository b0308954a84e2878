package io.mcpgateway.broker.mcp;

import java.util.Objects;

/**
 * A JSON-RPC id as the JSON text that the peer sent ({@code "abc"}, {@code 7}, {@code 12345678901234567890}), so that a
 * reply has exactly the same bytes.
 */
public record JsonRpcId(String json) {
    /**
     * Of a message that has no id, or none that could be read. An error about it has no member {@code id}: MCP's schema
     * does not allow {@code null} there.
     */
    public static final JsonRpcId NONE = new JsonRpcId("");

    public JsonRpcId {
        Objects.requireNonNull(json, "json");
    }

    /** Whether there is an id. */
    public boolean exists() {
        return !json.isEmpty();
    }
}
