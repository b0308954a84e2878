package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants;
import io.mcpgateway.controller.gatewayapi.RouteAttachment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the backend of an HTTPRoute. A registration stands for one server, so the route has one rule with one backend:
 * a Service, an ExternalName Service, or Istio's {@code Hostname}. Matches, filters and weights matter to Envoy only.
 */
final class ServerEndpoints {
    /** A host outside of the cluster, as {@link io.mcpgateway.controller.gatewayapi.RouteBackend} names its kind. */
    static final String ISTIO_HOSTNAME = "Hostname.networking.istio.io";

    private static final String ISTIO_GROUP = "networking.istio.io";

    private ServerEndpoints() {}

    static ServerEndpoint of(HTTPRoute route, RegistrationFacts facts) {
        ObjectKey key = ObjectKey.of(route);
        List<HTTPRouteRule> rules = route.getSpec() == null || route.getSpec().getRules() == null
                ? List.of()
                : route.getSpec().getRules();
        if (rules.isEmpty() || backends(rules.getFirst()).isEmpty()) {
            return invalid(key, "has no backend references; add the MCP server's Service to its rule");
        }
        if (rules.size() > 1) {
            return invalid(key, "has > 1 rule, which is unsupported; give each MCP server an HTTPRoute of its own");
        }
        if (backends(rules.getFirst()).size() > 1) {
            return invalid(
                    key,
                    "has > 1 backend reference, which is unsupported; give each MCP server an HTTPRoute of its own");
        }
        if (RouteAttachment.hostnames(route).isEmpty()) {
            return invalid(key, "must have at least one hostname, by which the gateway reaches it");
        }
        HTTPBackendRef backend = backends(rules.getFirst()).getFirst();
        if (text(backend.getName()).isEmpty()) {
            return invalid(key, "has a backend reference without a name");
        }
        return backend(backend, route, facts);
    }

    private static ServerEndpoint backend(HTTPBackendRef backend, HTTPRoute route, RegistrationFacts facts) {
        String group = text(backend.getGroup());
        String kind = text(backend.getKind());
        if (group.isEmpty() && (kind.isEmpty() || kind.equals("Service"))) {
            return service(backend, route, facts);
        }
        if (group.equals(ISTIO_GROUP) && kind.equals("Hostname")) {
            return hostname(backend, ObjectKey.of(route));
        }
        return invalid(
                ObjectKey.of(route),
                "has an unsupported backend reference kind: %s; use a Service, or Hostname of group %s"
                        .formatted(group.isEmpty() ? kind : kind + "." + group, ISTIO_GROUP));
    }

    private static ServerEndpoint hostname(HTTPBackendRef backend, ObjectKey route) {
        Optional<String> refusal = ExternalHosts.refusal(backend.getName());
        if (refusal.isPresent()) {
            return invalid(route, "has a backendRef to " + refusal.get());
        }
        return ExternalHosts.https(backend.getName(), backend.getPort())
                .<ServerEndpoint>map(base -> new ServerEndpoint.Resolved(base, Optional.empty()))
                .orElseGet(() -> invalid(
                        route,
                        "has an invalid hostname in backendRef: %s; write a bare host name such as api.example.com"
                                .formatted(backend.getName())));
    }

    private static ServerEndpoint service(HTTPBackendRef backend, HTTPRoute route, RegistrationFacts facts) {
        String routeNamespace = route.getMetadata().getNamespace();
        String namespace = text(backend.getNamespace()).isEmpty() ? routeNamespace : backend.getNamespace();
        ObjectKey key = new ObjectKey(namespace, backend.getName());
        if (!ReferenceGrants.permit(facts.grants(), ReferenceGrants.Reference.routeToService(routeNamespace, key))) {
            return new ServerEndpoint.Unresolved(
                    Reason.REFERENCE_GRANT_REQUIRED,
                    ("ReferenceGrant required in %s to allow HTTPRoute %s to use Service %s; create one from HTTPRoute "
                                    + "in namespace %s to Service")
                            .formatted(namespace, ObjectKey.of(route), key, routeNamespace));
        }
        Optional<Service> service = facts.service(key);
        if (service.isEmpty() || service.get().getSpec() == null) {
            return new ServerEndpoint.Unresolved(
                    Reason.BACKEND_NOT_FOUND,
                    "failed to get service %s: not found; create it, or correct the backendRef of HTTPRoute %s"
                            .formatted(key, ObjectKey.of(route)));
        }
        return service(service.get(), backend.getPort(), ObjectKey.of(route));
    }

    private static ServerEndpoint service(Service service, @Nullable Integer port, ObjectKey route) {
        ObjectKey key = ObjectKey.of(service);
        List<ServicePort> ports = service.getSpec().getPorts() == null
                ? List.of()
                : service.getSpec().getPorts();
        Optional<ServicePort> entry = ports.stream()
                .filter(candidate -> port != null && port.equals(candidate.getPort()))
                .findFirst();
        String scheme = entry.filter(ServerEndpoints::isHttps).isPresent() ? "https" : "http";
        if ("ExternalName".equals(service.getSpec().getType())) {
            return external(key, scheme, text(service.getSpec().getExternalName()), port);
        }
        if (port != null && entry.isEmpty()) {
            return new ServerEndpoint.Unresolved(
                    Reason.BACKEND_NOT_FOUND,
                    "service %s has no port %d (its ports: %s); correct the backendRef of HTTPRoute %s"
                            .formatted(key, port, numbers(ports), route));
        }
        String base = "%s://%s.%s.svc.cluster.local".formatted(scheme, key.name(), key.namespace());
        return new ServerEndpoint.Resolved(port == null ? base : base + ":" + port, Optional.empty());
    }

    private static ServerEndpoint external(ObjectKey service, String scheme, String name, @Nullable Integer port) {
        Optional<String> refusal = ExternalHosts.refusal(name);
        if (refusal.isPresent()) {
            return new ServerEndpoint.Unresolved(
                    Reason.BACKEND_NOT_FOUND, "service %s has an externalName of %s".formatted(service, refusal.get()));
        }
        return ExternalHosts.of(scheme, name, port)
                .<ServerEndpoint>map(base -> new ServerEndpoint.Resolved(base, Optional.of(ExternalHosts.host(name))))
                .orElseGet(() -> new ServerEndpoint.Unresolved(
                        Reason.BACKEND_NOT_FOUND,
                        "service %s has an invalid externalName: \"%s\"".formatted(service, name)));
    }

    /** {@code appProtocol} says it; where it is absent the port's name does, as Istio reads it. */
    private static boolean isHttps(ServicePort port) {
        if (port.getAppProtocol() != null && !port.getAppProtocol().isEmpty()) {
            return port.getAppProtocol().equalsIgnoreCase("https");
        }
        String name = text(port.getName());
        return name.equals("https") || name.startsWith("https-");
    }

    private static String numbers(List<ServicePort> ports) {
        return ports.isEmpty()
                ? "none"
                : ports.stream().map(port -> String.valueOf(port.getPort())).collect(Collectors.joining(", "));
    }

    private static List<HTTPBackendRef> backends(HTTPRouteRule rule) {
        return rule.getBackendRefs() == null ? List.of() : rule.getBackendRefs();
    }

    private static ServerEndpoint invalid(ObjectKey route, String what) {
        return new ServerEndpoint.Unresolved(Reason.INVALID_ROUTE, "HTTPRoute %s %s".formatted(route, what));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
