package io.mcpgateway.broker.client;

import io.mcpgateway.api.contract.JsonRpcCodes;
import io.mcpgateway.broker.mcp.JsonText;
import io.mcpgateway.broker.mcp.McpMethod;
import java.nio.charset.StandardCharsets;

/** The messages that this client sends, as bytes. */
final class RpcText {
    private RpcText() {}

    /** {@code id} and {@code params} are JSON. */
    static byte[] request(String id, McpMethod method, String params) {
        return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":" + JsonText.quote(method.wireName())
                + ",\"params\":" + params + "}");
    }

    static byte[] request(String id, McpMethod method) {
        return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":" + JsonText.quote(method.wireName()) + "}");
    }

    static byte[] notification(McpMethod method) {
        return bytes("{\"jsonrpc\":\"2.0\",\"method\":" + JsonText.quote(method.wireName()) + "}");
    }

    /** The answer to what a server asks us: nobody is there to be asked, so that what can be declined is. */
    static byte[] answerTo(RpcMessage.ServerRequest request) {
        McpMethod method = McpMethod.of(request.method()).orElse(null);
        String outcome = switch (method) {
            case PING -> "\"result\":{}";
            case ELICIT -> "\"result\":{\"action\":\"decline\"}";
            case LIST_ROOTS -> "\"result\":{\"roots\":[]}";
            case CREATE_MESSAGE ->
                "\"error\":{\"code\":" + JsonRpcCodes.DECLINED
                        + ",\"message\":\"Declined: the gateway only reads lists in this session\"}";
            case null, default ->
                "\"error\":{\"code\":" + JsonRpcCodes.METHOD_NOT_FOUND + ",\"message\":\"Method not found\"}";
        };
        return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + "," + outcome + "}");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
