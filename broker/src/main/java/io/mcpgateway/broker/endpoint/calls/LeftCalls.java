package io.mcpgateway.broker.endpoint.calls;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;

/** How the endpoint knows the calls that the router left to it: they say which server they are for. */
public final class LeftCalls {
    private LeftCalls() {}

    /** Whether the router left the call with these headers to a bridge. */
    public static boolean contain(RequestHeaders headers) {
        return headers.first(GatewayHeaders.SERVER_NAME)
                .filter(server -> !server.equals(BrokerLaunch.SERVER_NAME))
                .isPresent();
    }
}
