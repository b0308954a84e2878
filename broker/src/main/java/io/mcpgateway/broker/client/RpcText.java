package io.mcpgateway.broker.client;

import io.mcpgateway.broker.mcp.JsonText;
import java.nio.charset.StandardCharsets;

/** The messages that this client sends, as bytes. */
final class RpcText {
    private static final int METHOD_NOT_FOUND = -32601;

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

    /** The answer to what a server asks us: only {@code ping} is known here. */
    static byte[] answerTo(RpcMessage.ServerRequest request) {
        String outcome = request.method().equals("ping")
                ? "\"result\":{}"
                : "\"error\":{\"code\":" + METHOD_NOT_FOUND + ",\"message\":\"Method not found\"}";
        return bytes("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + "," + outcome + "}");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
