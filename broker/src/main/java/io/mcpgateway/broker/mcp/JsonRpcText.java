package io.mcpgateway.broker.mcp;

import io.mcpgateway.broker.json.JsonPieces;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;

/** Builds messages as bytes; answers with the peer's id byte for byte. */
public final class JsonRpcText {
    private JsonRpcText() {}

    /** {@code {"jsonrpc":"2.0","id":<id>,"error":{"code":..,"message":".."}}}; without {@code id} if there is none. */
    public static RawJson error(JsonRpcId id, JsonRpcError error) {
        return RawJson.of(openError(id, error).append("}}").toString());
    }

    /** The same with {@code data} in the error. */
    public static RawJson error(JsonRpcId id, JsonRpcError error, RawJson data) {
        return RawJson.of(openError(id, error)
                .append(",\"data\":")
                .append(data)
                .append("}}")
                .toString());
    }

    private static StringBuilder openError(JsonRpcId id, JsonRpcError error) {
        StringBuilder json = new StringBuilder(96 + error.message().length());
        json.append("{\"jsonrpc\":\"2.0\"");
        if (id.exists()) {
            json.append(",\"id\":").append(id.json());
        }
        json.append(",\"error\":{\"code\":").append(error.code()).append(",\"message\":");
        JsonText.appendQuoted(json, error.message());
        return json;
    }

    /** {@code {"jsonrpc":"2.0","id":<id>,"method":".."}}; {@code id} is JSON. */
    public static RawJson request(String id, McpMethod method) {
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method.wireName() + "\"}");
    }

    /** The same with {@code params}. */
    public static RawJson request(String id, McpMethod method, RawJson params) {
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method.wireName() + "\",\"params\":"
                + params + "}");
    }

    /** {@code {"jsonrpc":"2.0","method":".."}}. */
    public static RawJson notification(McpMethod method) {
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + method.wireName() + "\"}");
    }

    /** {@code {"jsonrpc":"2.0","id":<id>,"result":<result>}}. */
    public static RawJson result(JsonRpcId id, RawJson result) {
        return answer(id, result).text();
    }

    /** The same, which has the result itself instead of a copy. */
    public static JsonPieces answer(JsonRpcId id, RawJson result) {
        return JsonPieces.of(
                RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":" + id.json() + ",\"result\":"), result, RawJson.of("}"));
    }
}
