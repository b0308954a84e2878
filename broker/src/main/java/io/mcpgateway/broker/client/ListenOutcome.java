package io.mcpgateway.broker.client;

import java.util.Objects;
import java.util.Optional;

/** How listening ended. */
public sealed interface ListenOutcome {
    /** The server has no such stream (404, 405 or another refusal of GET, or no event stream as answer). */
    record NotOffered() implements ListenOutcome {}

    /** The stream was open and ended, or reached its longest life. */
    record Closed() implements ListenOutcome {}

    /** What a status other than 200 means: try again later, or the server offers no stream. */
    static Optional<ListenOutcome> refusal(int status) {
        return switch (status) {
            case 200 -> Optional.empty();
            // Often only for now: no rights, another stream of the session still open, too many requests.
            case 401, 403, 409, 429 -> Optional.of(new Failed(new McpOutcome.HttpFailure(status)));
            default -> Optional.of(status >= 500 ? new Failed(new McpOutcome.HttpFailure(status)) : new NotOffered());
        };
    }

    record Failed(McpOutcome.Failure failure) implements ListenOutcome {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
