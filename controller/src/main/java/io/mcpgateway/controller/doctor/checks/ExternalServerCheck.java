package io.mcpgateway.controller.doctor.checks;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteBackend;
import io.mcpgateway.controller.references.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server outside of the cluster, which a route names by Istio's {@code Hostname}: Istio has to know the host
 * (ServiceEntry), speak TLS with it (DestinationRule), and call it by its own name (the route's URLRewrite).
 */
final class ExternalServerCheck implements Checkup.Check {
    private static final String HOSTNAME = "Hostname.networking.istio.io";
    private static final int HTTPS_PORT = 443;

    ExternalServerCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPServerRegistration registration : patient.stayingRegistrations()) {
            Optional<RouteBackend> backend = ServerCheck.backend(patient, registration)
                    .filter(found -> found.kind().equals(HOSTNAME));
            if (backend.isPresent()) {
                findings.addAll(findings(patient, registration, backend.get()));
            }
        }
        return List.copyOf(findings);
    }

    private static List<Finding> findings(Patient patient, MCPServerRegistration registration, RouteBackend backend) {
        String host = backend.key().name();
        String namespace = backend.key().namespace();
        if (!patient.cluster().sees(ServiceEntry.class, namespace)
                || !patient.cluster().sees(DestinationRule.class, namespace)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        entry(patient, registration, host, namespace).ifPresent(findings::add);
        if (findings.isEmpty() && (backend.port() == HTTPS_PORT || backend.port() == 0)) {
            tls(patient, registration, host, namespace).ifPresent(findings::add);
        }
        if (findings.isEmpty()) {
            name(patient, registration, host).ifPresent(findings::add);
        }
        return List.copyOf(findings);
    }

    private static Optional<Finding> entry(
            Patient patient, MCPServerRegistration registration, String host, String namespace) {
        List<String> hosts = patient.cluster().all(ServiceEntry.class).stream()
                .flatMap(entry -> hosts(entry).stream())
                .toList();
        if (hosts.stream().anyMatch(known -> covers(known, host))) {
            return Optional.empty();
        }
        return Optional.of(Finding.broken(
                        Link.SERVER,
                        "ServiceEntryMissing",
                        "MCPServerRegistration " + ObjectKey.of(registration),
                        "no ServiceEntry has the host %s, so the gateway does not know it".formatted(host))
                .because(
                        hosts.isEmpty()
                                ? Optional.empty()
                                : Optional.of("hosts of the ServiceEntries: " + String.join(", ", hosts)))
                .fixedBy(
                        ("echo '{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"ServiceEntry\",\"metadata\":{\"name\":\"%1$s\","
                                        + "\"namespace\":\"%2$s\"},\"spec\":{\"hosts\":[\"%1$s\"],\"location\":\"MESH_EXTERNAL\",\"resolution\":\"DNS\","
                                        + "\"ports\":[{\"name\":\"https\",\"number\":443,\"protocol\":\"HTTPS\"}]}}' | kubectl apply -f -")
                                .formatted(host, namespace)));
    }

    private static Optional<Finding> tls(
            Patient patient, MCPServerRegistration registration, String host, String namespace) {
        List<DestinationRule> rules = patient.cluster().all(DestinationRule.class);
        List<DestinationRule> own = rules.stream()
                .filter(rule -> rule.getSpec() != null && covers(rule.getSpec().getHost(), host))
                .toList();
        if (own.stream().anyMatch(ExternalServerCheck::speaksTls)) {
            return Optional.empty();
        }
        String create =
                ("echo '{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"DestinationRule\",\"metadata\":{\"name\":\"%1$s\","
                                + "\"namespace\":\"%2$s\"},\"spec\":{\"host\":\"%1$s\",\"trafficPolicy\":{\"tls\":{\"mode\":\"SIMPLE\","
                                + "\"sni\":\"%1$s\"}}}}' | kubectl apply -f -")
                        .formatted(host, namespace);
        String subject = "MCPServerRegistration " + ObjectKey.of(registration);
        if (own.isEmpty()) {
            String others = String.join(
                    ", ",
                    rules.stream()
                            .filter(rule -> namespace.equals(rule.getMetadata().getNamespace()))
                            .map(rule -> ObjectKey.of(rule) + " (host "
                                    + rule.getSpec().getHost() + ")")
                            .toList());
            return Optional.of(Finding.broken(
                            Link.SERVER,
                            "DestinationRuleMissing",
                            subject,
                            "no DestinationRule is for host %s, so the gateway would send calls to its port 443 without TLS"
                                    .formatted(host))
                    .because(
                            others.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of("DestinationRules of the namespace: " + others))
                    .fixedBy(create));
        }
        return Optional.of(Finding.broken(
                        Link.SERVER,
                        "DestinationRuleWithoutTls",
                        "DestinationRule " + ObjectKey.of(own.getFirst()),
                        "it has no trafficPolicy.tls.mode SIMPLE or MUTUAL, so calls to %s:443 go without TLS"
                                .formatted(host))
                .fixedBy(
                        "kubectl patch destinationrule %s -n %s --type=merge -p '{\"spec\":{\"trafficPolicy\":{\"tls\":{\"mode\":\"SIMPLE\",\"sni\":\"%s\"}}}}'"
                                .formatted(
                                        own.getFirst().getMetadata().getName(),
                                        own.getFirst().getMetadata().getNamespace(),
                                        host)));
    }

    private static Optional<Finding> name(Patient patient, MCPServerRegistration registration, String host) {
        Optional<HTTPRoute> route =
                References.route(registration).flatMap(key -> patient.cluster().find(HTTPRoute.class, key));
        Optional<String> rewritten = route.stream()
                .flatMap(found -> found.getSpec().getRules().stream())
                .flatMap(rule -> Stream.concat(
                        filters(rule.getFilters()),
                        rule.getBackendRefs() == null
                                ? Stream.empty()
                                : rule.getBackendRefs().stream().flatMap(backend -> filters(backend.getFilters()))))
                .filter(filter ->
                        filter.getUrlRewrite() != null && filter.getUrlRewrite().getHostname() != null)
                .map(filter -> filter.getUrlRewrite().getHostname())
                .findFirst();
        if (rewritten.filter(host::equals).isPresent() || route.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Finding.broken(
                        Link.SERVER,
                        "HostNotRewritten",
                        "HTTPRoute " + ObjectKey.of(route.get()),
                        rewritten
                                .map(other -> "calls reach %s under the name %s (URLRewrite)".formatted(host, other))
                                .orElse(
                                        "it has no URLRewrite, so calls reach %s under the route's own name, which most servers refuse"
                                                .formatted(host)))
                .fixedBy(
                        "kubectl patch httproute %s -n %s --type=json -p '[{\"op\":\"add\",\"path\":\"/spec/rules/0/filters\",\"value\":[{\"type\":\"URLRewrite\",\"urlRewrite\":{\"hostname\":\"%s\"}}]}]'"
                                .formatted(
                                        route.get().getMetadata().getName(),
                                        route.get().getMetadata().getNamespace(),
                                        host)));
    }

    private static Stream<HTTPRouteFilter> filters(@org.jspecify.annotations.Nullable List<HTTPRouteFilter> filters) {
        return filters == null ? Stream.empty() : filters.stream();
    }

    private static boolean speaksTls(DestinationRule rule) {
        TrafficPolicy policy = rule.getSpec().getTrafficPolicy();
        if (policy == null) {
            return false;
        }
        Stream<ClientTLSSettings> ports = policy.getPortLevelSettings() == null
                ? Stream.empty()
                : policy.getPortLevelSettings().stream().map(port -> port.getTls());
        return Stream.concat(Stream.ofNullable(policy.getTls()), ports)
                .filter(Objects::nonNull)
                .anyMatch(tls -> tls.getMode() != null && tls.getMode() != ClientTLSSettingsTLSmode.DISABLE);
    }

    private static boolean covers(@org.jspecify.annotations.Nullable String pattern, String host) {
        return pattern != null
                && (pattern.equalsIgnoreCase(host)
                        || (Hostnames.isWildcard(pattern) && Hostnames.intersect(pattern, host)));
    }

    private static List<String> hosts(ServiceEntry entry) {
        return entry.getSpec() == null || entry.getSpec().getHosts() == null
                ? List.of()
                : entry.getSpec().getHosts();
    }
}
