package io.mcpgateway.broker.endpoint.answers;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;

/** A call that did not pass the router, which would have sent it to its server. */
public final class MisplacedCall {
    private static final JsonRpcError ERROR = new JsonRpcError(
            JsonRpcCodes.INTERNAL_ERROR,
            "this call reached the broker, which does not forward calls: calls must go through the gateway listener."
                    + " Likely cause: the EnvoyFilter of this MCPGatewayExtension is not active on the listener that was"
                    + " used");

    private MisplacedCall() {}

    /** Tells the client, or rather whoever installed the gateway. */
    public static HttpAnswer answer(JsonRpcId id) {
        return HttpAnswer.error(200, id, ERROR);
    }
}
