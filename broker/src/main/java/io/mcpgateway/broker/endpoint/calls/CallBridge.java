package io.mcpgateway.broker.endpoint.calls;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.session.GatewaySession;
import java.io.IOException;

/** Calls to servers that do not speak their client's era, which the broker makes in the client's place. */
public interface CallBridge {
    /**
     * Makes the call and gives the answer on the exchange. Returns when the client has it, or has left.
     *
     * @param seen what decides what the request sees
     * @param body of the request
     */
    void call(
            HttpExchange exchange,
            GatewaySession session,
            ViewRequest seen,
            JsonRpcMessage.Request request,
            RawJson body)
            throws IOException, InterruptedException;

    /**
     * Takes a client's reply to a question that one of its calls is waiting for, here or at another replica.
     *
     * @param id of the reply
     */
    HttpAnswer replied(GatewaySession session, JsonRpcId id, RawJson reply);

    /** The client cancels one of its calls, by this notification. */
    void cancelled(GatewaySession session, RawJson notification);

    /** The session has ended, and so have its calls. */
    void ended(GatewaySession session);
}
