package io.mcpgateway.broker.client;

import io.mcpgateway.broker.mcp.JsonText;
import java.nio.charset.StandardCharsets;

/** The messages that this client sends, as bytes. */
final class RpcText {
    private static final int METHOD_NOT_FOUND = -32601;
    /** What MCP names for a sampling request that the user refused. */
    private static final int DECLINED = -1;

    private RpcText() {}

    /** {@code id} and {@code params} are JSON. */
    static byte[] request(String id, String method, String params) {
        return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":" + JsonText.quote(method) + ",\"params\":"
                + params + "}");
    }

    static byte[] request(String id, String method) {
        return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":" + JsonText.quote(method) + "}");
    }

    static byte[] notification(String method) {
        return bytes("{\"jsonrpc\":\"2.0\",\"method\":" + JsonText.quote(method) + "}");
    }

    /** The answer to what a server asks us: nobody is there to be asked, so that what can be declined is. */
    static byte[] answerTo(RpcMessage.ServerRequest request) {
        String outcome = switch (request.method()) {
            case "ping" -> "\"result\":{}";
            case "elicitation/create" -> "\"result\":{\"action\":\"decline\"}";
            case "roots/list" -> "\"result\":{\"roots\":[]}";
            case "sampling/createMessage" ->
                "\"error\":{\"code\":" + DECLINED
                        + ",\"message\":\"Declined: the gateway only reads lists in this session\"}";
            default -> "\"error\":{\"code\":" + METHOD_NOT_FOUND + ",\"message\":\"Method not found\"}";
        };
        return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + "," + outcome + "}");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
