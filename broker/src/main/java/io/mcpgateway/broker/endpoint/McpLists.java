package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.endpoint.answers.ListPages;
import io.mcpgateway.broker.endpoint.answers.MisplacedCall;
import io.mcpgateway.broker.endpoint.answers.ToolFinding;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;

/** The list methods in a session: what the request's view shows, page by page. */
record McpLists(McpServices services) {
    /** A call, of which only {@code find_tools} is the broker's. */
    HttpAnswer find(RequestHeaders headers, GatewaySession session, JsonRpcMessage.Request request, RawJson body) {
        GatewaySnapshot snapshot = services.cell().get();
        CapabilityView view = CapabilityView.resolve(services.viewRequest(session, headers), snapshot.table());
        if (view instanceof CapabilityView.Refused(String reason)) {
            return HttpAnswer.error(400, request.id(), new JsonRpcError(JsonRpcCodes.INVALID_PARAMS, reason));
        }
        return ToolFinding.answer(request, body, view, snapshot.search(), services.metrics())
                .map(result -> HttpAnswer.json(200, JsonRpcText.result(request.id(), result)))
                .orElseGet(() -> MisplacedCall.answer(request.id()));
    }

    HttpAnswer answer(CapabilityKind kind, RequestHeaders headers, GatewaySession session, JsonRpcId id, RawJson body) {
        CapabilityView view = services.view(services.viewRequest(session, headers));
        if (view instanceof CapabilityView.Refused(String reason)) {
            return HttpAnswer.error(400, id, new JsonRpcError(JsonRpcCodes.INVALID_PARAMS, reason));
        }
        return switch (new ListPages(services.lists()).answer(kind, view, body)) {
            case ListPages.Answer.Page(RawJson result) -> HttpAnswer.json(200, JsonRpcText.answer(id, result));
            case ListPages.Answer.Refused(JsonRpcError error) -> HttpAnswer.error(200, id, error);
        };
    }
}
