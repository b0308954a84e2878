package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteTables;
import java.util.Optional;

/**
 * Whether an extension can serve behind an HTTPS listener: clients must come in by it, and servers' routes must have room
 * in its route table.
 */
final class TlsEntry {
    private TlsEntry() {}

    /** Why not, and what to do; nothing for a plain HTTP listener. */
    static Optional<String> problem(Gateway gateway, Listener listener, String publicHost) {
        if (!Listeners.isTls(listener)) {
            return Optional.empty();
        }
        if (RouteTables.servesOneHost(listener)) {
            return Optional.of(
                    ("HTTPS listener \"%s\" on gateway %s only accepts the host %s: Istio gives each HTTPS listener a route "
                                    + "table of its own, so no MCP server could be reached; remove the listener's hostname and "
                                    + "set spec.publicHost to %s, or use a wildcard that covers the servers' hosts too")
                            .formatted(
                                    listener.getName(),
                                    ObjectKey.of(gateway),
                                    Listeners.hostname(listener),
                                    publicHost));
        }
        Optional<Listener> entry = RouteTables.tlsEntry(gateway, Listeners.port(listener), publicHost);
        if (entry.isEmpty()) {
            return Optional.of(
                    ("HTTPS listener \"%s\" on gateway %s only accepts connections for %s, not for the public host %s; change "
                                    + "spec.publicHost, or the listener's hostname")
                            .formatted(
                                    listener.getName(),
                                    ObjectKey.of(gateway),
                                    Listeners.hostname(listener),
                                    publicHost));
        }
        return entry.filter(other -> !other.getName().equals(listener.getName()))
                .map(other ->
                        ("connections for the public host %s go to HTTPS listener \"%s\" (host %s) on gateway %s, "
                                        + "which matches better than listener \"%s\"; name that one in spec.targetRef.sectionName, or "
                                        + "use another public host")
                                .formatted(
                                        publicHost,
                                        other.getName(),
                                        Listeners.hostname(other),
                                        ObjectKey.of(gateway),
                                        listener.getName()));
    }
}
