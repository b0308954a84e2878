package io.mcpgateway.broker.router;

import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import java.util.Objects;

/** Whose request it is that a client is asked to answer: made in this server session, for this gateway session. */
public record RequestOrigin(GatewaySessionId session, ServerKey server, ServerSession serverSession) {
    public RequestOrigin {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(serverSession, "serverSession");
    }

    public static RequestOrigin of(CallMetadata.InSession call) {
        return new RequestOrigin(call.session(), call.server(), call.serverSession());
    }
}
