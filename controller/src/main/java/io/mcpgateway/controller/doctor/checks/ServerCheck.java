package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.network.Leg;
import io.mcpgateway.controller.doctor.network.Reachability;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteBackend;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.Attachment;
import io.mcpgateway.controller.registration.RegistrationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a registered server's Service has a Pod that is ready. */
final class ServerCheck implements Checkup.Check {
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    ServerCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPServerRegistration registration : patient.stayingRegistrations()) {
            if (isServed(patient, registration)) {
                Optional<Service> service = service(patient, registration);
                Optional<Finding> down = service.flatMap(found -> finding(patient, registration, found));
                down.ifPresent(findings::add);
                if (down.isEmpty() && service.isPresent()) {
                    ways(patient, registration, service.get()).stream()
                            .flatMap(leg -> Reachability.problem(patient.cluster(), leg).stream())
                            .distinct()
                            .forEach(findings::add);
                }
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

    /** The broker lists the server's tools, and calls come from the Gateway. */
    private static List<Leg> ways(Patient patient, MCPServerRegistration registration, Service service) {
        String name = "MCP server " + ObjectKey.of(registration);
        List<Leg> ways = new ArrayList<>();
        for (Pod server : pods(patient, service)) {
            OptionalInt port = backend(patient, registration)
                    .map(backend -> podPort(service, backend.port(), server))
                    .orElse(OptionalInt.empty());
            for (ObjectKey extension : port.isEmpty() ? Set.<ObjectKey>of() : reached(patient, registration)) {
                List<Integer> ports = List.of(port.getAsInt());
                ways.add(new Leg(
                        Link.SERVER,
                        "the broker of namespace " + extension.namespace(),
                        Labels.pods(
                                patient.cluster(), extension.namespace(), ObjectNames.LABEL_APP, ObjectNames.BROKER),
                        name,
                        List.of(server),
                        ports,
                        isListed(patient, registration, extension)));
                gateway(patient, extension)
                        .map(gateway -> new Leg(
                                Link.SERVER,
                                "Gateway " + gateway,
                                Labels.pods(patient.cluster(), gateway.namespace(), GATEWAY_NAME, gateway.name()),
                                name,
                                List.of(server),
                                ports,
                                Leg.Works.UNKNOWN))
                        .ifPresent(ways::add);
            }
        }
        return ways;
    }

    private static List<Pod> pods(Patient patient, Service service) {
        Map<String, String> selector =
                Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of());
        return selector.isEmpty()
                ? List.of()
                : patient.cluster().in(Pod.class, service.getMetadata().getNamespace()).stream()
                        .filter(pod -> Labels.hasAll(pod, selector) && Workload.isReady(pod))
                        .toList();
    }

    private static Set<ObjectKey> reached(Patient patient, MCPServerRegistration registration) {
        return patient.translation().registration(ObjectKey.of(registration)).reaches().stream()
                .map(Attachment::extension)
                .collect(Collectors.toSet());
    }

    private static Optional<ObjectKey> gateway(Patient patient, ObjectKey extension) {
        return patient.cluster()
                .find(MCPGatewayExtension.class, extension)
                .flatMap(patient::accepted)
                .map(ExtensionPlan.Proceed::gateway);
    }

    private static Leg.Works isListed(Patient patient, MCPServerRegistration registration, ObjectKey extension) {
        List<Boolean> ready = patient.facts().brokers().entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(extension.namespace()))
                .flatMap(entry -> entry.getValue().found().stream())
                .flatMap(report -> report.servers().stream())
                .filter(status ->
                        status.name().value().equals(ObjectKey.of(registration).toString()))
                .map(ServerStatus::ready)
                .toList();
        if (ready.isEmpty()) {
            return Leg.Works.UNKNOWN;
        }
        return ready.contains(false) ? Leg.Works.NO : Leg.Works.YES;
    }

    /** Where a Service leads to in a Pod; empty if its port has a name that the Pod does not tell. */
    private static OptionalInt podPort(Service service, int port, Pod pod) {
        IntOrString target = Objects.requireNonNullElse(service.getSpec().getPorts(), List.<ServicePort>of()).stream()
                .filter(candidate -> Integer.valueOf(port).equals(candidate.getPort()))
                .map(candidate -> Objects.requireNonNullElse(candidate.getTargetPort(), new IntOrString(port)))
                .findFirst()
                .orElse(new IntOrString(port));
        if (target.getStrVal() == null) {
            return OptionalInt.of(target.getIntVal());
        }
        return pod.getSpec() == null
                ? OptionalInt.empty()
                : Objects.requireNonNullElse(pod.getSpec().getContainers(), List.<Container>of()).stream()
                        .flatMap(container ->
                                Objects.requireNonNullElse(container.getPorts(), List.<ContainerPort>of()).stream())
                        .filter(declared -> target.getStrVal().equals(declared.getName()))
                        .mapToInt(ContainerPort::getContainerPort)
                        .findFirst();
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
