package io.mcpgateway.controller.doctor.network;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why calls do not reach a server that the broker reaches directly: what is only on the way through the Gateway. */
public final class CallWay {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String EXPORT_TO = "networking.istio.io/exportTo";
    /** Without them, a server understands no call, or only the first one. */
    private static final Set<String> NEEDED =
            Set.of("mcp-session-id", "mcp-protocol-version", "mcp-method", "mcp-name", "content-type", "accept");

    private CallWay() {}

    /** Something on the way that can be why, and the command that shows or mends it. */
    private record Suspect(String what, String fix) {}

    /**
     * What is wrong, if the trial failed.
     *
     * @param registration of the server
     * @param route that the registration names, if it was seen
     */
    public static Optional<Finding> problem(
            ClusterView cluster, ObjectKey registration, Optional<HTTPRoute> route, ServerReach reach) {
        if (!reach.outcome().equals(ServerReach.FAILED)) {
            return Optional.empty();
        }
        List<Suspect> suspects =
                route.map(found -> suspects(cluster, found, reach)).orElse(List.of());
        Finding finding = Finding.broken(
                Link.CALL,
                "CallsDoNotArrive",
                "MCPServerRegistration " + registration,
                "calls do not get through the Gateway to the server: "
                        + suspects.stream().findFirst().map(Suspect::what).orElse(reach.detail()));
        if (!suspects.isEmpty()) {
            finding = finding.because("a request on the way of calls: " + reach.detail());
        }
        for (Suspect suspect : suspects.stream().skip(1).toList()) {
            finding = finding.because("also: " + suspect.what());
        }
        for (Suspect suspect : suspects) {
            finding = finding.fixedBy(suspect.fix());
        }
        return Optional.of(suspects.isEmpty() ? unexplained(finding, route) : finding);
    }

    private static Finding unexplained(Finding finding, Optional<HTTPRoute> route) {
        Finding next = finding;
        if (route.isPresent()) {
            ObjectKey key = ObjectKey.of(route.get());
            next = next.fixedBy(
                    "kubectl get httproute %s -n %s -o yaml   # filters, timeouts and backendRefs of its rules"
                            .formatted(key.name(), key.namespace()));
            for (ObjectKey service : RouteReferences.services(route.get())) {
                next = next.fixedBy(
                        "kubectl get service,endpointslices -n %s -l kubernetes.io/service-name=%s -o wide; kubectl get service %s -n %s -o yaml   # does targetPort name the port that the server listens on?"
                                .formatted(service.namespace(), service.name(), service.name(), service.namespace()));
            }
        }
        return next.fixedBy(
                "kubectl get destinationrule,envoyfilter,sidecar -A   # what else changes the way of requests to the server");
    }

    private static List<Suspect> suspects(ClusterView cluster, HTTPRoute route, ServerReach reach) {
        List<Suspect> suspects = new ArrayList<>();
        ObjectKey key = ObjectKey.of(route);
        String edit = "kubectl edit httproute %s -n %s".formatted(key.name(), key.namespace());
        for (HTTPRouteRule rule : Objects.requireNonNullElse(route.getSpec().getRules(), List.<HTTPRouteRule>of())) {
            taken(rule)
                    .map(header -> new Suspect(
                            "HTTPRoute %s changes or removes the header %s".formatted(key, header),
                            edit + "   # take the header out of requestHeaderModifier"))
                    .forEach(suspects::add);
            timeout(rule)
                    .map(time -> new Suspect(
                            "HTTPRoute %s ends requests after %s".formatted(key, time),
                            edit + "   # a longer spec.rules[].timeouts, or none"))
                    .ifPresent(suspects::add);
        }
        List<ObjectKey> services =
                RouteReferences.services(route).stream().distinct().toList();
        services.forEach(service -> suspects.addAll(suspects(cluster, service, reach)));
        return List.copyOf(suspects);
    }

    private static List<Suspect> suspects(ClusterView cluster, ObjectKey service, ServerReach reach) {
        List<Suspect> suspects = new ArrayList<>();
        cluster.find(Service.class, service)
                .map(found -> annotations(found).getOrDefault(EXPORT_TO, "*"))
                .filter(exported -> !exported.contains("*"))
                .map(exported -> new Suspect(
                        "Istio shows Service %s to few namespaces only (annotation %s: %s), so the Gateway's Envoy may not know it"
                                .formatted(service, EXPORT_TO, exported),
                        "kubectl annotate service %s -n %s %s-"
                                .formatted(service.name(), service.namespace(), EXPORT_TO)))
                .ifPresent(suspects::add);
        cluster.all(DestinationRule.class).stream()
                .filter(rule -> rule.getSpec() != null && isOf(rule, service))
                .flatMap(rule -> mode(rule)
                        .map(mode -> new Suspect(
                                "DestinationRule %s makes the Gateway speak TLS (mode %s) with Service %s"
                                        .formatted(ObjectKey.of(rule), mode, service),
                                "kubectl edit destinationrule %s -n %s   # mode DISABLE, if the server speaks plain HTTP"
                                        .formatted(
                                                rule.getMetadata().getName(),
                                                rule.getMetadata().getNamespace())))
                        .stream())
                .forEach(suspects::add);
        cluster.find(Service.class, service)
                .flatMap(found -> closedPort(cluster, found))
                .map(port -> new Suspect(
                        "Service %s sends requests to port %d, which no container of its Pods declares"
                                .formatted(service, port),
                        "kubectl edit service %s -n %s   # targetPort has to be the port that the server listens on"
                                .formatted(service.name(), service.namespace())))
                .ifPresent(suspects::add);
        long pods = pods(cluster, service);
        if (pods > 1 && reach.detail().contains("does not know the session")) {
            suspects.add(new Suspect(
                    "Service %s has %d Pods, and one does not know the session that another has opened"
                            .formatted(service, pods),
                    "kubectl get pods -n %s -o wide   # are all of them this server? docs/sessions-and-scaling.md says how to keep a session at its Pod"
                            .formatted(service.namespace())));
        }
        return suspects;
    }

    /** A declaration is not needed to listen on a port, so nothing follows where there is none. */
    private static Optional<Integer> closedPort(ClusterView cluster, Service service) {
        Map<String, String> selector =
                Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of());
        Set<Integer> declared = selector.isEmpty()
                ? Set.of()
                : cluster.in(Pod.class, service.getMetadata().getNamespace()).stream()
                        .filter(pod -> Labels.hasAll(pod, selector) && pod.getSpec() != null)
                        .flatMap(pod -> pod.getSpec().getContainers().stream())
                        .flatMap(container ->
                                Objects.requireNonNullElse(container.getPorts(), List.<ContainerPort>of()).stream())
                        .map(ContainerPort::getContainerPort)
                        .collect(Collectors.toSet());
        return declared.isEmpty()
                ? Optional.empty()
                : Objects.requireNonNullElse(service.getSpec().getPorts(), List.<ServicePort>of()).stream()
                        .map(ServicePort::getTargetPort)
                        .filter(port -> port != null && port.getIntVal() != null)
                        .map(IntOrString::getIntVal)
                        .filter(port -> !declared.contains(port))
                        .findFirst();
    }

    private static long pods(ClusterView cluster, ObjectKey service) {
        return cluster.in(EndpointSlice.class, service.namespace()).stream()
                .filter(slice ->
                        service.name().equals(slice.getMetadata().getLabels().get(SERVICE_NAME)))
                .flatMap(slice -> Objects.requireNonNullElse(slice.getEndpoints(), List.<Endpoint>of()).stream())
                .filter(endpoint -> endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady()))
                .count();
    }

    private static Stream<String> taken(HTTPRouteRule rule) {
        Stream<HTTPRouteFilter> ofRule = filters(rule.getFilters());
        Stream<HTTPRouteFilter> ofBackends =
                Objects.requireNonNullElse(rule.getBackendRefs(), List.<HTTPBackendRef>of()).stream()
                        .flatMap(backend -> filters(backend.getFilters()));
        return Stream.concat(ofRule, ofBackends)
                .filter(filter -> filter.getRequestHeaderModifier() != null)
                .map(HTTPRouteFilter::getRequestHeaderModifier)
                .flatMap(edit -> Stream.concat(
                        Objects.requireNonNullElse(edit.getRemove(), List.<String>of()).stream(),
                        edit.getSet() == null
                                ? Stream.empty()
                                : edit.getSet().stream().map(header -> header.getName())))
                .filter(header -> NEEDED.contains(header.toLowerCase(Locale.ROOT)));
    }

    private static Stream<HTTPRouteFilter> filters(List<HTTPRouteFilter> filters) {
        return filters == null ? Stream.empty() : filters.stream();
    }

    private static Optional<String> timeout(HTTPRouteRule rule) {
        return rule.getTimeouts() == null
                ? Optional.empty()
                : Stream.of(rule.getTimeouts().getRequest(), rule.getTimeouts().getBackendRequest())
                        .filter(Objects::nonNull)
                        .filter(time -> !time.matches("0(h|m|s|ms)"))
                        .findFirst();
    }

    private static boolean isOf(DestinationRule rule, ObjectKey service) {
        String host = Objects.requireNonNullElse(rule.getSpec().getHost(), "");
        return host.equals("%s.%s.svc.cluster.local".formatted(service.name(), service.namespace()))
                || (host.equals(service.name())
                        && service.namespace().equals(rule.getMetadata().getNamespace()));
    }

    private static Optional<String> mode(DestinationRule rule) {
        return Optional.ofNullable(rule.getSpec().getTrafficPolicy())
                .map(policy -> policy.getTls())
                .map(tls -> tls.getMode())
                .map(mode -> mode.toString())
                .filter(mode -> !mode.equals("DISABLE"));
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    }
}
