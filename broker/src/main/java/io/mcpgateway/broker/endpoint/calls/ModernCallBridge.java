package io.mcpgateway.broker.endpoint.calls;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import java.io.IOException;

/** Calls of modern clients to servers that only speak legacy revisions, which the broker makes in the client's place. */
public interface ModernCallBridge {
    /**
     * Makes the call, or goes on with one that waits for this client's responses, and gives the answer on the exchange.
     * Returns when the client has it, or has left.
     *
     * @param seen what decides what the request sees
     * @param request valid by the rules of its revision
     * @param body of the request
     */
    void call(HttpExchange exchange, ViewRequest seen, JsonRpcMessage.Request request, RawJson body)
            throws IOException, InterruptedException;
}
