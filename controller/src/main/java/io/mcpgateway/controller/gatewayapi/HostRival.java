package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A route that may have a host name in common with another one.
 *
 * @param namespaceLabels those of its namespace
 * @param users what uses it, for messages
 */
public record HostRival(HTTPRoute route, Map<String, String> namespaceLabels, List<ObjectKey> users) {
    public HostRival {
        Objects.requireNonNull(route, "route");
        namespaceLabels = Map.copyOf(namespaceLabels);
        users = List.copyOf(users);
    }

    public ObjectKey key() {
        return ObjectKey.of(route);
    }
}
