package io.mcpgateway.broker.client;

import java.util.Objects;

/** How listening ended. */
public sealed interface ListenOutcome {
    /** The server has no such stream (404, 405 or another refusal of GET, or no event stream as answer). */
    record NotOffered() implements ListenOutcome {}

    /** The stream was open and ended, or reached its longest life. */
    record Closed() implements ListenOutcome {}

    record Failed(McpOutcome.Failure failure) implements ListenOutcome {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
