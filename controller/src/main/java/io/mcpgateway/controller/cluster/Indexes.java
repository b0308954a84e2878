package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteAttachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which other objects an object refers to, as {@code namespace/name}. They only say who must look again. */
final class Indexes {
    private Indexes() {}

    static List<String> gatewayOf(MCPGatewayExtension extension) {
        if (extension.getSpec() == null) {
            return List.of();
        }
        var target = extension.getSpec().targetRef();
        return List.of(key(target.namespaceOr(extension.getMetadata().getNamespace()), target.name()));
    }

    static List<String> routeOf(MCPServerRegistration registration) {
        if (registration.getSpec() == null) {
            return List.of();
        }
        var target = registration.getSpec().targetRef();
        return List.of(key(target.namespaceOr(registration.getMetadata().getNamespace()), target.name()));
    }

    static List<String> credentialOf(MCPServerRegistration registration) {
        if (registration.getSpec() == null || registration.getSpec().credentialRef() == null) {
            return List.of();
        }
        return List.of(key(
                registration.getMetadata().getNamespace(),
                registration.getSpec().credentialRef().name()));
    }

    static List<String> gatewaysOf(HTTPRoute route) {
        String namespace = route.getMetadata().getNamespace();
        if (route.getSpec() == null || route.getSpec().getParentRefs() == null) {
            return List.of();
        }
        return route.getSpec().getParentRefs().stream()
                .map(parent -> key(or(parent.getNamespace(), namespace), or(parent.getName(), "")))
                .distinct()
                .toList();
    }

    static List<String> servicesOf(HTTPRoute route) {
        String namespace = route.getMetadata().getNamespace();
        if (route.getSpec() == null || route.getSpec().getRules() == null) {
            return List.of();
        }
        return route.getSpec().getRules().stream()
                .flatMap(rule -> rule.getBackendRefs() == null ? Stream.empty() : rule.getBackendRefs().stream())
                .map(backend -> key(or(backend.getNamespace(), namespace), or(backend.getName(), "")))
                .distinct()
                .toList();
    }

    /** The host names of a route in lower case; one empty text for a route without. */
    static List<String> hostsOf(HTTPRoute route) {
        List<String> hosts = RouteAttachment.hostnames(route);
        return hosts.isEmpty()
                ? List.of("")
                : hosts.stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList();
    }

    /** The host names of routes that may take requests to a host: its own, wildcards that cover it, and none. */
    static List<String> hostsThatCover(String host) {
        List<String> hosts = new ArrayList<>(List.of(host, ""));
        for (int dot = host.indexOf('.', 1); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            hosts.add("*" + host.substring(dot));
        }
        return hosts;
    }

    private static String key(String namespace, String name) {
        return new ObjectKey(namespace, name).toString();
    }

    private static String or(@Nullable String text, String otherwise) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty()).orElse(otherwise);
    }
}
