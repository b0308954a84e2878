package io.mcpgateway.broker.client.call;

import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import java.util.Objects;
import java.util.Optional;

/** How a call ended. */
public sealed interface CallOutcome {
    /**
     * With a JSON-RPC reply.
     *
     * @param status of HTTP, which need not be 200 for an error
     */
    record Replied(int status, RawJson message) implements CallOutcome {
        public Replied {
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * With a status that no JSON-RPC reply explains.
     *
     * @param challenge how to log in (RFC 9110, "WWW-Authenticate")
     */
    record Refused(int status, Optional<String> challenge) implements CallOutcome {
        public Refused {
            Objects.requireNonNull(challenge, "challenge");
        }
    }

    /** Without a complete response; the server may have run the call. */
    record Failed(McpOutcome.Failure failure) implements CallOutcome {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
