package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteGroupKind;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.mcpgateway.api.v1alpha1.reference.KubernetesNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * To which listeners an HTTPRoute is attached. A parent counts when the route names it now and the Gateway's
 * controller has accepted it (condition Accepted=True in the route's status); then the listener must fit the
 * parentRef's section and port, admit the route's namespace and kind, and share a host with it.
 */
public final class RouteAttachment {
    /** A parentRef with its defaults filled in, so spec and status can be compared. */
    private record Parent(String group, String kind, ObjectKey key, String section, int port) {
        static Parent of(ParentReference reference, String routeNamespace) {
            String namespace = text(reference.getNamespace());
            return new Parent(
                    reference.getGroup() == null ? KubernetesNames.GATEWAY_API_GROUP : reference.getGroup(),
                    reference.getKind() == null ? "Gateway" : reference.getKind(),
                    new ObjectKey(namespace.isEmpty() ? routeNamespace : namespace, text(reference.getName())),
                    text(reference.getSectionName()),
                    reference.getPort() == null ? 0 : reference.getPort());
        }

        boolean isGateway() {
            return group.equals(KubernetesNames.GATEWAY_API_GROUP) && kind.equals("Gateway");
        }

        /** A ListenerSet, whatever the version of the Gateway API calls it. */
        boolean isListenerSet() {
            return kind.endsWith("ListenerSet");
        }

        boolean covers(Listener listener) {
            return (section.isEmpty() || section.equals(listener.getName()))
                    && (port == 0 || port == Listeners.port(listener));
        }
    }

    private RouteAttachment() {}

    /** The Gateways that have accepted the route, in the order of its parentRefs, each once. */
    public static List<ObjectKey> gateways(HTTPRoute route) {
        return accepted(route).stream().map(Parent::key).distinct().toList();
    }

    /**
     * The HTTP(S) listeners of the Gateway that the route is attached to, in the Gateway's order.
     *
     * @param namespaceLabels those of the route's namespace
     */
    public static List<Listener> listeners(HTTPRoute route, Gateway gateway, Map<String, String> namespaceLabels) {
        ObjectKey key = ObjectKey.of(gateway);
        List<Parent> parents = accepted(route).stream()
                .filter(parent -> parent.key().equals(key))
                .toList();
        return listeners(route, gateway, namespaceLabels, parents);
    }

    /** Those that the route may be attached to by what it and the Gateway ask for, accepted or not. */
    static List<Listener> admitting(HTTPRoute route, Gateway gateway, Map<String, String> namespaceLabels) {
        ObjectKey key = ObjectKey.of(gateway);
        List<Parent> parents = parents(route)
                .filter(parent -> parent.isGateway() && parent.key().equals(key))
                .toList();
        return listeners(route, gateway, namespaceLabels, parents);
    }

    /** Whether it names a ListenerSet, whichever Gateway that belongs to. */
    static boolean hasListenerSet(HTTPRoute route) {
        return parents(route).anyMatch(Parent::isListenerSet);
    }

    private static List<Listener> listeners(
            HTTPRoute route, Gateway gateway, Map<String, String> namespaceLabels, List<Parent> parents) {
        ObjectKey key = ObjectKey.of(gateway);
        String namespace = route.getMetadata().getNamespace();
        return Listeners.http(gateway).stream()
                .filter(listener -> parents.stream().anyMatch(parent -> parent.covers(listener)))
                .filter(listener -> NamespacePolicy.admits(listener, key.namespace(), namespace, namespaceLabels))
                .filter(RouteAttachment::admitsKind)
                .filter(listener -> sharesHost(route, listener))
                .toList();
    }

    /** The hosts of the route; none means every host of the listener. */
    public static List<String> hostnames(HTTPRoute route) {
        return route.getSpec() == null || route.getSpec().getHostnames() == null
                ? List.of()
                : List.copyOf(route.getSpec().getHostnames());
    }

    /**
     * What the controller of a Gateway says about references that it cannot resolve: calls would get an error from the
     * gateway. In Istio, that includes a host without a ServiceEntry.
     *
     * @param gateways the relevant ones
     */
    public static Optional<Condition> unresolved(HTTPRoute route, Collection<ObjectKey> gateways) {
        String namespace = route.getMetadata().getNamespace();
        Set<Parent> present = parents(route).collect(Collectors.toUnmodifiableSet());
        return parentStatuses(route).stream()
                .filter(status -> status.getParentRef() != null && status.getConditions() != null)
                .filter(status -> {
                    Parent parent = Parent.of(status.getParentRef(), namespace);
                    return present.contains(parent) && parent.isGateway() && gateways.contains(parent.key());
                })
                .flatMap(status -> status.getConditions().stream())
                .filter(condition ->
                        "ResolvedRefs".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst();
    }

    /** Whether the controller of some Gateway has said anything about the route. */
    public static boolean isAnswered(HTTPRoute route) {
        return !parentStatuses(route).isEmpty();
    }

    private static List<Parent> accepted(HTTPRoute route) {
        String namespace = route.getMetadata().getNamespace();
        Set<Parent> accepted = parentStatuses(route).stream()
                .filter(status -> status.getParentRef() != null && isAccepted(status.getConditions()))
                .map(status -> Parent.of(status.getParentRef(), namespace))
                .collect(Collectors.toUnmodifiableSet());
        return parents(route)
                .filter(parent -> parent.isGateway() && accepted.contains(parent))
                .toList();
    }

    private static Stream<Parent> parents(HTTPRoute route) {
        List<ParentReference> references =
                route.getSpec() == null || route.getSpec().getParentRefs() == null
                        ? List.of()
                        : route.getSpec().getParentRefs();
        return references.stream()
                .map(reference -> Parent.of(reference, route.getMetadata().getNamespace()));
    }

    private static List<RouteParentStatus> parentStatuses(HTTPRoute route) {
        return route.getStatus() == null || route.getStatus().getParents() == null
                ? List.of()
                : route.getStatus().getParents();
    }

    private static boolean isAccepted(@Nullable List<Condition> conditions) {
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition ->
                                "Accepted".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static boolean admitsKind(Listener listener) {
        List<RouteGroupKind> kinds = listener.getAllowedRoutes() == null
                        || listener.getAllowedRoutes().getKinds() == null
                ? List.of()
                : listener.getAllowedRoutes().getKinds();
        return kinds.isEmpty() || kinds.stream().anyMatch(kind -> "HTTPRoute".equals(kind.getKind()));
    }

    private static boolean sharesHost(HTTPRoute route, Listener listener) {
        List<String> hosts = hostnames(route);
        String listenerHost = Listeners.hostname(listener);
        return hosts.isEmpty() || hosts.stream().anyMatch(host -> Hostnames.intersect(listenerHost, host));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
