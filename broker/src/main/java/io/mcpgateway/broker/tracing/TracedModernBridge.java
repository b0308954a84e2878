package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.calls.ModernCallBridge;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The same as {@link TracedBridge} for modern clients.
 *
 * @param servers by the name of the registration
 */
record TracedModernBridge(ModernCallBridge next, Function<String, Optional<ServerRoute>> servers)
        implements ModernCallBridge {
    @Override
    public void call(HttpExchange exchange, ViewRequest seen, JsonRpcMessage.Request request, RawJson body)
            throws IOException, InterruptedException {
        BridgeHop hop =
                BridgeHop.of(exchange, request, body, BridgeHop.server(exchange).flatMap(servers));
        next.call(hop.exchange(), seen, hop.request(), hop.body());
    }
}
