package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import java.util.Map;
import java.util.stream.Collectors;

/** The result that asks a modern client for input (MCP 2026-07-28, "Multi Round-Trip Requests"). */
public final class InputRequired {
    private InputRequired() {}

    /**
     * The answer to a request.
     *
     * @param asked by the gateway's keys
     * @param state what the client has to send back with its responses
     * @param gateway name and version of the gateway, a JSON object
     */
    public static RawJson answer(JsonRpcId id, Map<String, ServerAsk> asked, String state, RawJson gateway) {
        String requests = asked.entrySet().stream()
                .map(entry -> entry.getValue().entry(entry.getKey()))
                .collect(Collectors.joining(",", "{", "}"));
        return JsonRpcText.result(
                id,
                RawJson.of("{\"" + McpResults.RESULT_TYPE + "\":\"" + McpResults.INPUT_REQUIRED
                        + "\",\"" + McpResults.INPUT_REQUESTS + "\":" + requests
                        + ",\"" + McpResults.REQUEST_STATE + "\":" + JsonText.quote(state)
                        + ",\"_meta\":{" + JsonText.quote(McpMeta.SERVER_INFO) + ":" + gateway + "}}"));
    }
}
