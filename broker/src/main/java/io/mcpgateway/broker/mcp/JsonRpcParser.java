package io.mcpgateway.broker.mcp;

/** Reads one JSON-RPC message strictly. */
public final class JsonRpcParser {
    private JsonRpcParser() {}

    /** Never throws: what is wrong with the bytes is a {@link JsonRpcMessage.Malformed}. */
    public static JsonRpcMessage parse(byte[] body) {
        return new JsonRpcMessage.Malformed(
                new JsonRpcError(JsonRpcError.PARSE_ERROR, "skeleton " + body.length), JsonRpcId.NULL);
    }
}
