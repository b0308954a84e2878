package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.calls.CallBridge;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.session.GatewaySession;

/** Of a broker that no call is left to. */
final class NoBridge implements CallBridge {
    @Override
    public void call(
            HttpExchange exchange,
            GatewaySession session,
            ViewRequest seen,
            JsonRpcMessage.Request request,
            RawJson body) {
        throw new IllegalStateException("no call is left to this broker");
    }

    @Override
    public HttpAnswer replied(GatewaySession session, JsonRpcId id, RawJson reply) {
        return HttpAnswer.of(Refusals.strayReply());
    }

    @Override
    public void cancelled(GatewaySession session, RawJson notification) {}

    @Override
    public void ended(GatewaySession session) {}
}
