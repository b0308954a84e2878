package io.mcpgateway.broker.session;

import java.time.Instant;
import java.util.Objects;

/** What the {@code router-key} of a request is worth. */
public sealed interface RouterTokenVerdict {
    /** The request has neither {@code mcp-init-host} nor {@code router-key}: an ordinary client. */
    record Absent() implements RouterTokenVerdict {}

    /** The broker's own request to that server host. */
    record Valid(String host, String tokenId, Instant expiresAt) implements RouterTokenVerdict {
        public Valid {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(tokenId, "tokenId");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }
    }

    /** Somebody tries; the reason is for the log and holds no part of the token. */
    record Invalid(String reason) implements RouterTokenVerdict {
        public Invalid {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
