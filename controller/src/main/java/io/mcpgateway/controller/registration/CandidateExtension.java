package io.mcpgateway.controller.registration;

import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;

/**
 * An MCPGatewayExtension as far as registrations care.
 *
 * @param port of the listener that it has; 0 while it has none
 * @param publicHost under which clients reach it; empty while it has none
 * @param problem why it takes no servers; empty when it does
 */
public record CandidateExtension(ObjectKey key, ObjectKey gateway, int port, String publicHost, String problem) {
    public CandidateExtension {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(problem, "problem");
    }

    public boolean isValid() {
        return problem.isEmpty();
    }
}
