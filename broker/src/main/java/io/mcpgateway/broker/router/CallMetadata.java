package io.mcpgateway.broker.router;

import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to be known of a routed call when its response comes back. It travels with the request (Envoy: dynamic
 * metadata), so no per-call state is kept here.
 *
 * @param clientToken the client's session token, put back on the response
 * @param id of the call; none if the message is a reply of the client, or if the id was too long to travel
 * @param onlyJson whether the client takes no event stream
 */
public record CallMetadata(
        String clientToken,
        GatewaySessionId session,
        ServerKey server,
        ServerSession serverSession,
        Optional<JsonRpcId> id,
        boolean onlyJson) {
    public CallMetadata {
        Objects.requireNonNull(clientToken, "clientToken");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(serverSession, "serverSession");
        Objects.requireNonNull(id, "id");
    }

    /** Of a client's reply to a server. */
    public CallMetadata(String clientToken, GatewaySessionId session, ServerKey server, ServerSession serverSession) {
        this(clientToken, session, server, serverSession, Optional.empty());
    }

    /** Of a call whose client takes the answer in any form. */
    public CallMetadata(
            String clientToken,
            GatewaySessionId session,
            ServerKey server,
            ServerSession serverSession,
            Optional<JsonRpcId> id) {
        this(clientToken, session, server, serverSession, id, false);
    }

    @Override
    public String toString() {
        return "CallMetadata[" + session + ", " + server.value() + "]";
    }
}
