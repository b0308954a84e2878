package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which routes a request can take once the router has set the host of a server. Istio puts the routes of all plain
 * HTTP listeners of a port into one table, and gives each HTTPS listener its own table, which a connection keeps,
 * because TLS selects the listener before there is a request.
 */
public final class RouteTables {
    private RouteTables() {}

    /** Whether what comes in by one listener finds the routes that are attached to another, of the same Gateway. */
    public static boolean shared(Listener entry, Listener attached) {
        if (Listeners.port(entry) != Listeners.port(attached)) {
            return false;
        }
        return Listeners.isTls(entry) ? entry.getName().equals(attached.getName()) : !Listeners.isTls(attached);
    }

    /**
     * The HTTPS listener of a port that connections for a host come to: the one that names the host, else that with the
     * longest wildcard, else that without a hostname.
     */
    public static Optional<Listener> tlsEntry(Gateway gateway, int port, String host) {
        return Listeners.http(gateway).stream()
                .filter(listener -> Listeners.isTls(listener) && Listeners.port(listener) == port)
                .filter(listener -> Hostnames.intersect(Listeners.hostname(listener), host))
                .max(Comparator.comparing((Listener listener) -> !Hostnames.isWildcard(Listeners.hostname(listener))
                                && !Listeners.hostname(listener).isEmpty())
                        .thenComparingInt(
                                listener -> Listeners.hostname(listener).length()));
    }

    /** A table in which there is room for one host only: that of clients leaves none for servers. */
    public static boolean servesOneHost(Listener listener) {
        String hostname = Listeners.hostname(listener);
        return Listeners.isTls(listener) && !hostname.isEmpty() && !Hostnames.isWildcard(hostname);
    }
}
