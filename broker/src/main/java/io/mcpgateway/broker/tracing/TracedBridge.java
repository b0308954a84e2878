package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.calls.CallBridge;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.session.GatewaySession;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives each call between the eras its span towards the server.
 *
 * @param servers by the name of the registration
 */
record TracedBridge(CallBridge next, Function<String, Optional<ServerRoute>> servers) implements CallBridge {
    @Override
    public void call(
            HttpExchange exchange,
            GatewaySession session,
            ViewRequest seen,
            JsonRpcMessage.Request request,
            RawJson body)
            throws IOException, InterruptedException {
        BridgeHop hop =
                BridgeHop.of(exchange, request, body, BridgeHop.server(exchange).flatMap(servers));
        next.call(hop.exchange(), session, seen, hop.request(), hop.body());
    }

    @Override
    public HttpAnswer replied(GatewaySession session, JsonRpcId id, RawJson reply) {
        return next.replied(session, id, reply);
    }

    @Override
    public void cancelled(GatewaySession session, RawJson notification) {
        next.cancelled(session, notification);
    }

    @Override
    public void ended(GatewaySession session) {
        next.ended(session);
    }
}
