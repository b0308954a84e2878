package io.mcpgateway.broker.router;

import io.mcpgateway.broker.mcp.McpHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.HashSet;
import java.util.Set;

/**
 * Which request headers are the gateway's own. A client that sends one pretends to be the router, so it is removed
 * before anything reads it. The class exists so that both adapters, and the filters in front of them, share one answer.
 */
public final class InternalHeaders {
    /** Every header with this prefix is ours, but for the two that clients or the auth layer set. */
    public static final String PREFIX = "x-mcp-";

    private InternalHeaders() {}

    /** Whether a client must not send this header. */
    public static boolean isInternal(String lowerCaseName) {
        return lowerCaseName.startsWith(PREFIX)
                ? !lowerCaseName.equals(McpHeaders.VIRTUAL_SERVER)
                        && !lowerCaseName.equals(McpHeaders.AUTHORIZED_CAPABILITIES)
                : lowerCaseName.equals(McpHeaders.ROUTER_KEY) || lowerCaseName.equals(McpHeaders.INIT_HOST);
    }

    /** Whether a header is meant for the gateway, so that no backend gets to see it. */
    public static boolean staysAtGateway(String lowerCaseName) {
        return lowerCaseName.startsWith(PREFIX)
                || lowerCaseName.equals(McpHeaders.AUTHORIZED_TOOLS)
                || isInternal(lowerCaseName);
    }

    /** The internal headers that a request carries. */
    static Set<String> presentIn(RequestHeaders headers) {
        Set<String> present = new HashSet<>();
        for (String name : headers.names()) {
            if (isInternal(name)) {
                present.add(name);
            }
        }
        return present;
    }
}
