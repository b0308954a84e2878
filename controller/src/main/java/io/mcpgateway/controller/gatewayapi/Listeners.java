package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which listener of a Gateway is meant. */
public final class Listeners {
    /** The result of the choice. */
    public sealed interface Choice {
        record Chosen(Listener listener) implements Choice {
            public Chosen {
                Objects.requireNonNull(listener, "listener");
            }
        }

        /** No listener, and what to do about it. The text contains the word "listener". */
        record Rejected(String message) implements Choice {
            public Rejected {
                Objects.requireNonNull(message, "message");
            }
        }
    }

    /** The port on which a listener is looked for when no name is given. */
    public static final int DEFAULT_PORT = 8080;

    private static final Set<String> HTTP_PROTOCOLS = Set.of("HTTP", "HTTPS");

    private Listeners() {}

    /**
     * The named listener; without a name the only HTTP(S) listener on port 8080, else the only one of the Gateway.
     *
     * @param sectionName null or empty when the user left the choice to us
     */
    public static Choice choose(Gateway gateway, @Nullable String sectionName) {
        return sectionName == null || sectionName.isEmpty() ? onlyOne(gateway) : named(gateway, sectionName);
    }

    /** Every listener of the Gateway, of any protocol. */
    public static List<Listener> of(Gateway gateway) {
        return gateway.getSpec() == null || gateway.getSpec().getListeners() == null
                ? List.of()
                : List.copyOf(gateway.getSpec().getListeners());
    }

    /** The listeners that can have HTTPRoutes. */
    public static List<Listener> http(Gateway gateway) {
        return of(gateway).stream().filter(Listeners::isHttp).toList();
    }

    /** The listener's hostname; empty text when it accepts every host. */
    public static String hostname(Listener listener) {
        return listener.getHostname() == null ? "" : listener.getHostname();
    }

    public static boolean isTls(Listener listener) {
        return "HTTPS".equals(listener.getProtocol());
    }

    /** Whether others may bring listeners to the Gateway in ListenerSets. */
    static boolean admitsSets(Gateway gateway) {
        return Optional.ofNullable(gateway.getSpec())
                .map(spec -> spec.getAllowedListeners())
                .map(allowed -> allowed.getNamespaces())
                .map(namespaces -> namespaces.getFrom())
                .filter(from -> !from.equals("None"))
                .isPresent();
    }

    private static boolean isHttp(Listener listener) {
        return HTTP_PROTOCOLS.contains(listener.getProtocol());
    }

    private static Choice named(Gateway gateway, String sectionName) {
        ObjectKey key = ObjectKey.of(gateway);
        for (Listener listener : of(gateway)) {
            if (!sectionName.equals(listener.getName())) {
                continue;
            }
            if (isHttp(listener)) {
                return new Choice.Chosen(listener);
            }
            return new Choice.Rejected("listener \"%s\" on gateway %s has protocol %s; MCP needs HTTP or HTTPS (%s)"
                    .formatted(sectionName, key, listener.getProtocol(), candidates(http(gateway))));
        }
        return new Choice.Rejected("listener \"%s\" not found on gateway %s (%s); correct spec.targetRef.sectionName"
                .formatted(sectionName, key, candidates(http(gateway))));
    }

    private static Choice onlyOne(Gateway gateway) {
        List<Listener> all = http(gateway);
        List<Listener> onDefaultPort =
                all.stream().filter(listener -> port(listener) == DEFAULT_PORT).toList();
        if (onDefaultPort.size() == 1) {
            return new Choice.Chosen(onDefaultPort.getFirst());
        }
        if (all.size() == 1) {
            return new Choice.Chosen(all.getFirst());
        }
        if (all.isEmpty()) {
            return new Choice.Rejected(
                    "gateway %s has no HTTP or HTTPS listener; add one".formatted(ObjectKey.of(gateway)));
        }
        return new Choice.Rejected(
                "gateway %s has several listeners and %s on port %d (%s); name one in spec.targetRef.sectionName"
                        .formatted(
                                ObjectKey.of(gateway),
                                onDefaultPort.isEmpty() ? "none" : "more than one",
                                DEFAULT_PORT,
                                candidates(all)));
    }

    /** The listener's port; 0 for an object that lacks it, which the API server does not let through. */
    public static int port(Listener listener) {
        return listener.getPort() == null ? 0 : listener.getPort();
    }

    private static String candidates(List<Listener> listeners) {
        if (listeners.isEmpty()) {
            return "the gateway has no HTTP or HTTPS listener";
        }
        return listeners.stream()
                .map(listener -> "%s: port %d, %s".formatted(listener.getName(), port(listener), host(listener)))
                .collect(Collectors.joining("; ", "candidates: ", ""));
    }

    private static String host(Listener listener) {
        String hostname = hostname(listener);
        return hostname.isEmpty() ? "any host" : "host " + hostname;
    }
}
