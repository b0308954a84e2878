package io.mcpgateway.broker.router;

import io.mcpgateway.broker.session.BackendKey;
import io.mcpgateway.broker.session.BackendSession;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.Objects;

/** Whose request it is that a client is asked to answer: made in this backend session, for this gateway session. */
public record RequestOrigin(GatewaySessionId session, BackendKey server, BackendSession backend) {
    public RequestOrigin {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(backend, "backend");
    }

    public static RequestOrigin of(CallMetadata call) {
        return new RequestOrigin(call.session(), call.server(), call.backend());
    }
}
