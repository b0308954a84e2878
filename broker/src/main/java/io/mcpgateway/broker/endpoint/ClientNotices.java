package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which notifications of a client concern its servers. A request id belongs to one request of the session, so all but
 * the server that runs that request ignore its cancellation (MCP 2025-11-25, "Cancellation"), and likewise the
 * progress of a request that only one of them made.
 */
record ClientNotices(ServerLink servers) {
    private static final Set<McpMethod> FOR_SERVERS =
            EnumSet.of(McpMethod.CANCELLED, McpMethod.PROGRESS, McpMethod.ROOTS_CHANGED);

    void pass(RequestHeaders headers, GatewaySession session, String method, RawJson message) {
        if (McpMethod.of(method).filter(FOR_SERVERS::contains).isPresent()) {
            servers.notified(headers, session.id(), method, message);
        }
    }
}
