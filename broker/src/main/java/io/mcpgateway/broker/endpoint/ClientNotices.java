package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which notifications of a client concern its backends. A request id belongs to one request of the session, so all but
 * the backend that runs that request ignore its cancellation (MCP 2025-11-25, "Cancellation"), and likewise the
 * progress of a request that only one of them made.
 */
record ClientNotices(BackendLink backends) {
    private static final Set<McpMethod> FOR_BACKENDS =
            EnumSet.of(McpMethod.CANCELLED, McpMethod.PROGRESS, McpMethod.ROOTS_CHANGED);

    void pass(RequestHeaders headers, GatewaySession session, String method, RawJson message) {
        if (McpMethod.of(method).filter(FOR_BACKENDS::contains).isPresent()) {
            backends.notified(headers, session.id(), method, message);
        }
    }
}
