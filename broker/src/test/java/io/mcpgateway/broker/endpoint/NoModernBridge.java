package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.calls.ModernCallBridge;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;

/** Of a broker that no modern client's call is left to. */
public final class NoModernBridge implements ModernCallBridge {
    @Override
    public void call(HttpExchange exchange, ViewRequest seen, JsonRpcMessage.Request request, RawJson body) {
        throw new IllegalStateException("no call is left to this broker");
    }
}
