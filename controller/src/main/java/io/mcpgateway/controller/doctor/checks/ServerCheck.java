package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteBackend;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a registered server's Service has a Pod that is ready. */
final class ServerCheck implements Checkup.Check {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    ServerCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPServerRegistration registration : patient.stayingRegistrations()) {
            if (isServed(patient, registration)) {
                service(patient, registration)
                        .flatMap(service -> finding(patient, registration, service))
                        .ifPresent(findings::add);
            }
        }
        return List.copyOf(findings);
    }

    static boolean isServed(Patient patient, MCPServerRegistration registration) {
        return patient.plan(registration)
                .filter(plan -> plan instanceof RegistrationPlan.Registered)
                .isPresent();
    }

    static Optional<RouteBackend> backend(Patient patient, MCPServerRegistration registration) {
        return References.route(registration)
                .flatMap(key -> patient.cluster().find(HTTPRoute.class, key))
                .flatMap(RouteBackend::first);
    }

    private static Optional<Service> service(Patient patient, MCPServerRegistration registration) {
        return backend(patient, registration)
                .filter(backend -> backend.kind().equals("Service"))
                .flatMap(backend -> patient.cluster().find(Service.class, backend.key()));
    }

    private static Optional<Finding> finding(Patient patient, MCPServerRegistration registration, Service service) {
        ObjectKey key = ObjectKey.of(service);
        if ("ExternalName".equals(service.getSpec().getType())
                || !patient.cluster().sees(EndpointSlice.class, key.namespace())
                || isReady(patient, key)) {
            return Optional.empty();
        }
        Map<String, String> selector =
                Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of());
        String labels = selector.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        List<Pod> pods = selector.isEmpty()
                ? List.of()
                : patient.cluster().in(Pod.class, key.namespace()).stream()
                        .filter(pod -> Labels.hasAll(pod, selector))
                        .toList();
        Finding broken = Finding.broken(
                        Link.SERVER,
                        "ServerNotRunning",
                        "Service " + key,
                        "no Pod of MCP server %s is ready: the Service has no endpoint"
                                .formatted(ObjectKey.of(registration)))
                .because(Workload.problems(pods));
        if (pods.isEmpty() && !labels.isEmpty()) {
            broken = broken.because("no Pod with the labels of its selector: " + labels);
        }
        return Optional.of(broken.fixedBy("kubectl get deployment,pods -n %s%s"
                .formatted(key.namespace(), labels.isEmpty() ? "" : " -l " + labels)));
    }

    private static boolean isReady(Patient patient, ObjectKey service) {
        return patient.cluster().in(EndpointSlice.class, service.namespace()).stream()
                .filter(slice -> Labels.has(slice, SERVICE_NAME, service.name()))
                .flatMap(slice -> Objects.requireNonNullElse(
                        slice.getEndpoints(), List.<io.fabric8.kubernetes.api.model.discovery.v1.Endpoint>of())
                        .stream())
                .anyMatch(endpoint -> endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady()));
    }
}
