package io.mcpgateway.broker.mcp;

import java.util.Objects;

/**
 * A JSON-RPC id as the JSON text that the peer sent ({@code "abc"}, {@code 7}, {@code 12345678901234567890},
 * {@code null}), so that a reply carries exactly the same bytes.
 */
public record JsonRpcId(String json) {
    /** The id of an error about a message whose own id could not be read. */
    public static final JsonRpcId NULL = new JsonRpcId("null");

    public JsonRpcId {
        Objects.requireNonNull(json, "json");
    }
}
