package io.mcpgateway.broker.router;

import io.mcpgateway.broker.session.BackendSession;
import java.util.Objects;

/** What came of obtaining a backend session. */
public sealed interface BackendOutcome {
    record Ready(BackendSession session) implements BackendOutcome {
        public Ready {
            Objects.requireNonNull(session, "session");
        }
    }

    /**
     * No session: the client gets {@code status} and {@code message}.
     *
     * @param status the backend's own 4xx, 504 after a timeout, else 502
     * @param message names the server and the cause; no internal address, no secret
     */
    record Failed(int status, String message) implements BackendOutcome {
        public Failed {
            Objects.requireNonNull(message, "message");
        }
    }
}
