package io.mcpgateway.broker.endpoint.streams;

import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.Objects;

/** Whose stream it is: each owner can have so many, see {@link ClientStreams.Limits}. */
public sealed interface StreamOwner {
    /** A legacy client's session. */
    record Session(GatewaySessionId id) implements StreamOwner {
        public Session {
            Objects.requireNonNull(id, "id");
        }
    }

    /** Whoever sent a modern request. All callers without a credential are one. */
    record Caller(CallerBinding caller) implements StreamOwner {
        public Caller {
            Objects.requireNonNull(caller, "caller");
        }
    }
}
