package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import java.util.Objects;

/** Which {@code Authorization} calls to a server have, and its value if it is the server's own. */
public sealed interface CallAuthorization {
    UpstreamAuthorization mode();

    /** Nobody's. */
    record None() implements CallAuthorization {
        @Override
        public UpstreamAuthorization mode() {
            return UpstreamAuthorization.NONE;
        }
    }

    /** The caller's, or what a policy on the way made of it. */
    record Forward() implements CallAuthorization {
        @Override
        public UpstreamAuthorization mode() {
            return UpstreamAuthorization.FORWARD;
        }
    }

    /** The server's credential, for every caller. */
    record Shared(Credential credential) implements CallAuthorization {
        public Shared {
            Objects.requireNonNull(credential, "credential");
        }

        @Override
        public UpstreamAuthorization mode() {
            return UpstreamAuthorization.SHARED;
        }
    }

    /** Nobody's also where the credential is missing that all calls should share: ConfigReader refuses that. */
    static CallAuthorization of(McpServer server) {
        return switch (server.authorization()) {
            case NONE -> new None();
            case FORWARD -> new Forward();
            case SHARED ->
                server.credential().<CallAuthorization>map(Shared::new).orElseGet(None::new);
        };
    }
}
