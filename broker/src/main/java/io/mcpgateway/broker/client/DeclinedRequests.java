package io.mcpgateway.broker.client;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;

/** What discovery answers to requests of servers. */
final class DeclinedRequests {
    private DeclinedRequests() {}

    /** Replies to a server's request. No user can be asked here, so it declines whatever can be declined. */
    static RawJson to(RpcMessage.ServerRequest request) {
        JsonRpcId id = new JsonRpcId(request.id());
        return switch (McpMethod.of(request.method()).orElse(null)) {
            case PING -> JsonRpcText.result(id, RawJson.of("{}"));
            case ELICIT -> JsonRpcText.result(id, RawJson.of("{\"action\":\"decline\"}"));
            case LIST_ROOTS -> JsonRpcText.result(id, RawJson.of("{\"roots\":[]}"));
            case CREATE_MESSAGE ->
                JsonRpcText.error(
                        id,
                        new JsonRpcError(
                                JsonRpcCodes.DECLINED, "Declined: the gateway only reads lists in this session"));
            case null, default ->
                JsonRpcText.error(id, new JsonRpcError(JsonRpcCodes.METHOD_NOT_FOUND, "Method not found"));
        };
    }
}
