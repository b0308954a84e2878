package io.mcpgateway.broker.mcp;

import java.util.Objects;

/** A JSON-RPC error object (code and message; section 5.1 of the JSON-RPC 2.0 specification). */
public record JsonRpcError(int code, String message) {
    public JsonRpcError {
        Objects.requireNonNull(message, "message");
    }
}
