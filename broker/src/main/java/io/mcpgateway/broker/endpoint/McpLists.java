package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.PageCursor;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import java.util.Optional;

/** The list methods (MCP 2025-11-25, "Pagination"): what the request's view shows, page by page. */
record McpLists(McpServices services) {
    HttpAnswer answer(CapabilityKind kind, RequestHeaders headers, GatewaySession session, JsonRpcId id, RawJson body) {
        CapabilityView view = services.view(services.viewRequest(session, headers));
        if (view instanceof CapabilityView.Refused(String reason)) {
            return HttpAnswer.error(400, id, new JsonRpcError(JsonRpcCodes.INVALID_PARAMS, reason));
        }
        Optional<String> cursor = RequestParams.read(body).cursor();
        Optional<String> after = cursor.flatMap(text -> PageCursor.read(kind, text));
        if (cursor.isPresent() && after.isEmpty()) {
            return HttpAnswer.error(
                    200,
                    id,
                    new JsonRpcError(
                            JsonRpcCodes.INVALID_PARAMS,
                            "unknown cursor: send the nextCursor of an earlier " + kind.listMethod() + " result"));
        }
        return HttpAnswer.json(200, JsonRpcText.result(id, services.lists().list(kind, after, view)));
    }
}
