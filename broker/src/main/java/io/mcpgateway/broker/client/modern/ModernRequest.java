package io.mcpgateway.broker.client.modern;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.translation.Introduction;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One request.
 *
 * @param id of the request, as JSON text
 * @param message the whole request, sent byte for byte
 * @param headers {@code Mcp-Name} and {@code Mcp-Param-*} as they go on the wire, if the method has them
 */
public record ModernRequest(
        McpMethod method, String protocolVersion, String id, RawJson message, Map<String, String> headers) {
    public ModernRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(message, "message");
        headers = Map.copyOf(headers);
    }

    /** A request of our own, for methods that need no header but those of every request. */
    public static ModernRequest of(McpMethod method, String id, Introduction meta, Map<String, RawJson> params) {
        StringBuilder json = new StringBuilder("{");
        params.forEach((name, value) ->
                json.append(JsonText.quote(name)).append(':').append(value).append(','));
        json.append(JsonText.quote(McpMeta.MEMBER))
                .append(':')
                .append(meta.json())
                .append('}');
        return new ModernRequest(
                method,
                meta.protocolVersion(),
                id,
                JsonRpcText.request(id, method, RawJson.of(json.toString())),
                Map.of());
    }

    /** With those that every request has (MCP 2026-07-28, Streamable HTTP, "Request Metadata"). */
    Map<String, String> allHeaders() {
        Map<String, String> all = new HashMap<>(headers);
        all.put(McpHeaders.PROTOCOL_VERSION, protocolVersion);
        all.put(McpHeaders.METHOD, method.wireName());
        return all;
    }

    /** Whether it may be sent twice: a call may not, because the server may have run it. */
    boolean repeatable() {
        return !method.isCall();
    }
}
