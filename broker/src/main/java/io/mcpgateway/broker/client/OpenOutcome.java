package io.mcpgateway.broker.client;

import java.util.Objects;

/** The result of opening a connection. */
public sealed interface OpenOutcome {
    /** Initialized, and the server was notified. */
    record Opened(McpConnection connection) implements OpenOutcome {
        public Opened {
            Objects.requireNonNull(connection, "connection");
        }
    }

    record NotOpened(McpOutcome.Failure failure) implements OpenOutcome {
        public NotOpened {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
