package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.Objects;

/**
 * The client's request that is the reason for ours.
 *
 * @param headers as the client sent them: the policies on the server's route judge the client
 * @param session that the client sent it in
 */
record ClientRequest(RequestHeaders headers, GatewaySessionId session) {
    ClientRequest {
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(session, "session");
    }
}
