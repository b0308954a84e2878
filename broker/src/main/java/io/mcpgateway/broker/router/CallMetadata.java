package io.mcpgateway.broker.router;

import io.mcpgateway.broker.session.BackendKey;
import io.mcpgateway.broker.session.BackendSession;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.Objects;

/**
 * What has to be known of a routed call when its response comes back. It travels with the request (Envoy: dynamic
 * metadata), so no per-call state is kept here.
 *
 * @param clientToken the client's session token, put back on the response
 */
public record CallMetadata(String clientToken, GatewaySessionId session, BackendKey server, BackendSession backend) {
    public CallMetadata {
        Objects.requireNonNull(clientToken, "clientToken");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(backend, "backend");
    }

    @Override
    public String toString() {
        return "CallMetadata[" + session + ", " + server.value() + "]";
    }
}
