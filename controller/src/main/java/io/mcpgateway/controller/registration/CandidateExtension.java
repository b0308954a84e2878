package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;
import java.util.Optional;

/**
 * An MCPGatewayExtension as far as registrations care.
 *
 * @param listener that it has, if it has one
 * @param publicHost under which clients reach it; empty while it has none
 * @param created its timestamp, RFC 3339
 * @param problem why it takes no servers; empty when it does
 * @param entitled whether the place is its own, as far as known: nobody withholds it, and no older one has it
 */
public record CandidateExtension(
        ObjectKey key,
        ObjectKey gateway,
        Optional<Listener> listener,
        String publicHost,
        String created,
        String problem,
        boolean entitled) {
    public CandidateExtension {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(problem, "problem");
    }

    /** Of its listener; 0 while it has none. */
    int port() {
        return listener.map(Listeners::port).orElse(0);
    }

    public boolean isValid() {
        return problem.isEmpty();
    }
}
