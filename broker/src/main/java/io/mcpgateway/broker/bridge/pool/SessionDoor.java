package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.client.EventListener;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;
import java.util.Objects;
import java.util.Optional;

/** Begins and ends sessions at one server, in the name of one client's request. */
public interface SessionDoor {
    /** What came of an attempt to begin a session. */
    sealed interface Opening {
        /**
         * A session was opened.
         *
         * @param logs whether the server says that it logs
         */
        record Opened(ServerSession session, boolean logs) implements Opening {
            public Opened {
                Objects.requireNonNull(session, "session");
            }
        }

        record Failed(McpOutcome.Failure failure) implements Opening {
            public Failed {
                Objects.requireNonNull(failure, "failure");
            }
        }
    }

    /** The server's name. */
    String serverName();

    /**
     * Begins a session; bounded in time.
     *
     * @param affinity in place of a gateway session's ID, the same for all requests of the session
     */
    Opening open(GatewaySessionId affinity) throws InterruptedException;

    /**
     * Reads the session's own stream to its end.
     *
     * @param lastEventId where to go on; empty to begin now
     */
    ListenOutcome follow(
            GatewaySessionId affinity, ServerSession session, Optional<String> lastEventId, EventListener listener)
            throws InterruptedException;

    /** Sends a reply or a notification in the session; bounded in time. */
    McpOutcome send(GatewaySessionId affinity, ServerSession session, RawJson message) throws InterruptedException;

    /** Ends a session; bounded in time. */
    void end(GatewaySessionId affinity, ServerSession session) throws InterruptedException;
}
