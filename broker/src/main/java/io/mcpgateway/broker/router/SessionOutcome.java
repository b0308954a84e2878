package io.mcpgateway.broker.router;

import io.mcpgateway.broker.session.ServerSession;
import java.util.Objects;

/** What came of obtaining a server session. */
public sealed interface SessionOutcome {
    record Ready(ServerSession session) implements SessionOutcome {
        public Ready {
            Objects.requireNonNull(session, "session");
        }
    }

    /**
     * No session: the client gets {@code status} and {@code message}.
     *
     * @param status the server's own 4xx, 504 after a timeout, else 502
     * @param message names the server and the cause; no internal address, no secret
     */
    record Failed(int status, String message) implements SessionOutcome {
        public Failed {
            Objects.requireNonNull(message, "message");
        }
    }
}
