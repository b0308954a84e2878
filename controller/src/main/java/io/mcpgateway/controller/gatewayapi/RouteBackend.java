package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The backend to which a rule sends all that it takes.
 *
 * @param kind group and kind; a Service's are {@code Service}
 * @param key its namespace and name
 * @param port 0 if the reference has none
 */
public record RouteBackend(String kind, ObjectKey key, int port) {
    private static final String SERVICE = "Service";

    public RouteBackend {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
    }

    public static RouteBackend service(ObjectKey key, int port) {
        return new RouteBackend(SERVICE, key, port);
    }

    /** The backend of the route's first rule, whether the route may use it or not. */
    public static Optional<RouteBackend> first(HTTPRoute route) {
        return rules(route).stream()
                .findFirst()
                .flatMap(rule -> backends(rule).stream().findFirst())
                .map(reference -> of(reference, route.getMetadata().getNamespace()));
    }

    /**
     * The only backend of a rule. Empty when there is none or there are several, when the route may not use it, and
     * when filters may send requests elsewhere.
     */
    static Optional<RouteBackend> only(HTTPRouteRule rule, String namespace, Collection<ReferenceGrant> grants) {
        List<HTTPBackendRef> references = backends(rule);
        if (references.size() != 1
                || isNotEmpty(rule.getFilters())
                || isNotEmpty(references.getFirst().getFilters())) {
            return Optional.empty();
        }
        RouteBackend backend = of(references.getFirst(), namespace);
        boolean permitted = !backend.kind.equals(SERVICE)
                || ReferenceGrants.permit(grants, ReferenceGrants.Reference.routeToService(namespace, backend.key));
        return permitted ? Optional.of(backend) : Optional.empty();
    }

    static List<HTTPRouteRule> rules(HTTPRoute route) {
        return route.getSpec() == null || route.getSpec().getRules() == null
                ? List.of()
                : List.copyOf(route.getSpec().getRules());
    }

    private static RouteBackend of(HTTPBackendRef reference, String routeNamespace) {
        String group = text(reference.getGroup());
        String kind = text(reference.getKind()).isEmpty() ? SERVICE : reference.getKind();
        String namespace = text(reference.getNamespace()).isEmpty() ? routeNamespace : reference.getNamespace();
        return new RouteBackend(
                group.isEmpty() ? kind : kind + "." + group,
                new ObjectKey(namespace, text(reference.getName())),
                reference.getPort() == null ? 0 : reference.getPort());
    }

    private static List<HTTPBackendRef> backends(HTTPRouteRule rule) {
        return rule.getBackendRefs() == null ? List.of() : rule.getBackendRefs();
    }

    private static boolean isNotEmpty(@Nullable Collection<?> list) {
        return list != null && !list.isEmpty();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
