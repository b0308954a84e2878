package io.mcpgateway.controller.registration;

import java.util.Objects;
import java.util.Optional;

/** Where an HTTPRoute leads: the result of reading its only backend. */
sealed interface ServerEndpoint {
    /**
     * The backend can be named.
     *
     * @param base scheme, host and port, without path: {@code http://svc.ns.svc.cluster.local:8080}
     * @param preferredHost a host that routed calls should have if the route lists it: the name behind an
     *     ExternalName Service
     */
    record Resolved(String base, Optional<String> preferredHost) implements ServerEndpoint {
        public Resolved {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(preferredHost, "preferredHost");
        }
    }

    record Unresolved(String reason, String message) implements ServerEndpoint {
        public Unresolved {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }
    }
}
