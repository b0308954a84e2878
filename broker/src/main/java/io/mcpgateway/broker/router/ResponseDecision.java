package io.mcpgateway.broker.router;

import java.util.Objects;

/** What the answer to a routed call means for us; the client gets it as it is in any case. */
public sealed interface ResponseDecision {
    /** Nothing to do. */
    record PassOn() implements ResponseDecision {}

    /** The backend does not know its session any more: the next call must make a new one. */
    record ForgetBackendSession(CallMetadata call) implements ResponseDecision {
        public ForgetBackendSession {
            Objects.requireNonNull(call, "call");
        }
    }
}
