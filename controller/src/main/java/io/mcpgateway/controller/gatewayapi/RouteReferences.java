package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which other objects a route names, whether those exist or not, each once. */
public final class RouteReferences {
    private RouteReferences() {}

    /** Its parents. */
    public static List<ObjectKey> gateways(HTTPRoute route) {
        String namespace = route.getMetadata().getNamespace();
        if (route.getSpec() == null || route.getSpec().getParentRefs() == null) {
            return List.of();
        }
        return route.getSpec().getParentRefs().stream()
                .map(parent -> new ObjectKey(or(parent.getNamespace(), namespace), or(parent.getName(), "")))
                .distinct()
                .toList();
    }

    /** The backends of its rules. */
    public static List<ObjectKey> services(HTTPRoute route) {
        String namespace = route.getMetadata().getNamespace();
        if (route.getSpec() == null || route.getSpec().getRules() == null) {
            return List.of();
        }
        return route.getSpec().getRules().stream()
                .flatMap(rule -> rule.getBackendRefs() == null ? Stream.empty() : rule.getBackendRefs().stream())
                .map(backend -> new ObjectKey(or(backend.getNamespace(), namespace), or(backend.getName(), "")))
                .distinct()
                .toList();
    }

    private static String or(@Nullable String text, String otherwise) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty()).orElse(otherwise);
    }
}
