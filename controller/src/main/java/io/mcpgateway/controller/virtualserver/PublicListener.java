package io.mcpgateway.controller.virtualserver;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.NamespacePolicy;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Through what clients reach an extension.
 *
 * @param gateway that it targets
 * @param listeners the one that it uses, and those that share a route table with it
 * @param publicHost of the extension
 */
public record PublicListener(ObjectKey extension, ObjectKey gateway, List<Listener> listeners, String publicHost) {
    public PublicListener {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(gateway, "gateway");
        listeners = List.copyOf(listeners);
        Objects.requireNonNull(publicHost, "publicHost");
    }

    /** Whether a virtual server of this namespace may have this host there, as a route of that namespace may. */
    boolean admits(String hostname, String namespace, Map<String, String> labels) {
        return listeners.stream()
                .anyMatch(listener -> Hostnames.intersect(Listeners.hostname(listener), hostname)
                        && NamespacePolicy.admits(listener, gateway.namespace(), namespace, labels));
    }

    String described() {
        return "Gateway %s with listener %s"
                .formatted(
                        gateway,
                        listeners.stream().map(PublicListener::described).collect(Collectors.joining(", ")));
    }

    private static String described(Listener listener) {
        String hostname = Listeners.hostname(listener);
        return "%s (%s)".formatted(listener.getName(), hostname.isEmpty() ? "any host" : hostname);
    }
}
