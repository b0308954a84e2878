package io.mcpgateway.broker.mcp;

/** Builds answers as bytes, with the peer's id byte for byte. */
public final class JsonRpcReplies {
    private JsonRpcReplies() {}

    /** {@code {"jsonrpc":"2.0","id":<id>,"error":{"code":..,"message":".."}}}. */
    public static RawJson error(JsonRpcId id, JsonRpcError error) {
        return RawJson.of("{\"skeleton\":" + id.json() + error.code() + "}");
    }

    /** {@code {"jsonrpc":"2.0","id":<id>,"result":<result>}}. */
    public static RawJson result(JsonRpcId id, RawJson result) {
        return RawJson.of("{\"skeleton\":" + id.json() + result + "}");
    }
}
