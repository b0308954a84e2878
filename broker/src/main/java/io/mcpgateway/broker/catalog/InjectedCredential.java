package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import java.util.Objects;
import java.util.Optional;

/**
 * A server's credential that its owner lets routed calls carry.
 *
 * @param overrides whether it takes the place of the client's own
 */
public record InjectedCredential(Credential credential, boolean overrides) {
    public InjectedCredential {
        Objects.requireNonNull(credential, "credential");
    }

    /** Empty unless the owner asked for it and there is one. */
    static Optional<InjectedCredential> of(McpServer server) {
        return switch (server.injection()) {
            case NEVER -> Optional.empty();
            case IF_ABSENT -> server.credential().map(credential -> new InjectedCredential(credential, false));
            case ALWAYS -> server.credential().map(credential -> new InjectedCredential(credential, true));
        };
    }

    /** The header's value for a request that has, or has not, one of its own. */
    public Optional<String> headerValue(boolean clientSentOne) {
        return overrides || !clientSentOne
                ? Optional.of(credential.headerValue().strip())
                : Optional.empty();
    }
}
