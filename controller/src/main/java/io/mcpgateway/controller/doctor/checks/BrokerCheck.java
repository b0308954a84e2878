package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.network.Leg;
import io.mcpgateway.controller.doctor.network.Reachability;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Rollout;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The broker of each accepted extension: its Deployment, its Pods, its Service, and what it runs. */
final class BrokerCheck implements Checkup.Check {
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    BrokerCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPGatewayExtension extension : patient.extensions()) {
            if (patient.accepted(extension).isPresent()
                    || patient.plan(extension).isEmpty()) {
                findings.addAll(findings(patient, extension));
            }
        }
        return List.copyOf(findings);
    }

    private static List<Finding> findings(Patient patient, MCPGatewayExtension extension) {
        String namespace = extension.getMetadata().getNamespace();
        ObjectKey key = new ObjectKey(namespace, ObjectNames.BROKER);
        if (!patient.cluster().sees(Deployment.class, namespace)) {
            return List.of();
        }
        Optional<Deployment> deployment = patient.cluster().find(Deployment.class, key);
        if (deployment.isEmpty()) {
            return List.of(Finding.broken(
                            Link.BROKER,
                            "BrokerMissing",
                            "Deployment " + key,
                            "the broker does not exist, though its MCPGatewayExtension is accepted: the controller has to create it")
                    .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20"));
        }
        if (!Workload.isReady(deployment.get())) {
            return List.of(notReady(patient, deployment.get(), key));
        }
        List<Finding> findings = new ArrayList<>();
        service(patient, key).ifPresent(findings::add);
        Rollout.problem(
                        Link.BROKER,
                        deployment.get(),
                        Labels.pods(patient.cluster(), namespace, ObjectNames.LABEL_APP, ObjectNames.BROKER))
                .ifPresent(findings::add);
        findings.addAll(reports(patient, extension));
        ways(patient, extension).stream()
                .flatMap(leg -> Reachability.problem(patient.cluster(), leg).stream())
                .forEach(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    Link.BROKER,
                    "Deployment " + key,
                    "ready replicas: %d; all run the current configuration"
                            .formatted(Workload.ready(deployment.get()))));
        }
        return List.copyOf(findings);
    }

    /** Calls need the Gateway to reach the broker, statuses the controller. */
    private static List<Leg> ways(Patient patient, MCPGatewayExtension extension) {
        String namespace = extension.getMetadata().getNamespace();
        List<Pod> brokers = Labels.pods(patient.cluster(), namespace, ObjectNames.LABEL_APP, ObjectNames.BROKER);
        String broker = "the broker of namespace " + namespace;
        List<Leg> ways = new ArrayList<>();
        patient.accepted(extension)
                .map(ExtensionPlan.Proceed::gateway)
                .map(gateway -> new Leg(
                        Link.BROKER,
                        "Gateway " + gateway,
                        Labels.pods(patient.cluster(), gateway.namespace(), GATEWAY_NAME, gateway.name()),
                        broker,
                        brokers,
                        List.of(BrokerLaunch.GRPC_PORT, BrokerLaunch.HTTP_PORT),
                        works(patient.facts().calls().get(ObjectKey.of(extension)))))
                .ifPresent(ways::add);
        ways.add(new Leg(
                Link.BROKER,
                "the controller",
                patient.cluster().all(Pod.class).stream()
                        .filter(pod -> Labels.has(pod, ControllerCheck.LABEL, ControllerCheck.NAME))
                        .toList(),
                broker,
                brokers,
                List.of(BrokerLaunch.HTTP_PORT),
                isHeard(patient)));
        return ways;
    }

    private static Leg.Works works(@Nullable Part<CallReport> call) {
        return Optional.ofNullable(call).flatMap(Part::found).stream()
                .flatMap(report -> report.steps().stream())
                .filter(CallReport::isFirst)
                .map(step -> step.status() == 200
                        ? Leg.Works.YES
                        : step.status() == 0 || step.status() >= 500 ? Leg.Works.NO : Leg.Works.UNKNOWN)
                .findFirst()
                .orElse(Leg.Works.UNKNOWN);
    }

    /** No registration becomes ready without what brokers report to the controller. */
    private static Leg.Works isHeard(Patient patient) {
        List<MCPServerRegistration> registrations = patient.stayingRegistrations();
        boolean ready = registrations.stream()
                .filter(registration -> registration.getStatus() != null)
                .anyMatch(
                        registration -> Conditions.find(registration.getStatus().conditions(), ConditionType.READY)
                                .filter(condition -> "True".equals(condition.getStatus()))
                                .isPresent());
        return ready ? Leg.Works.YES : registrations.isEmpty() ? Leg.Works.UNKNOWN : Leg.Works.NO;
    }

    private static Finding notReady(Patient patient, Deployment deployment, ObjectKey key) {
        int ready = Workload.ready(deployment);
        int wanted = Workload.wanted(deployment);
        String subject = "Deployment " + key;
        if (wanted == 0) {
            return Finding.broken(Link.BROKER, "BrokerScaledToZero", subject, "the broker has 0 replicas")
                    .fixedBy("kubectl scale deployment/%s -n %s --replicas=1".formatted(key.name(), key.namespace()));
        }
        Optional<String> refusal = Workload.refusal(deployment);
        String message = "the broker is not ready (%d of %d replicas)".formatted(ready, wanted)
                + refusal.map(why -> ": " + why).orElse("");
        Finding finding = ready == 0
                ? Finding.broken(Link.BROKER, "BrokerNotReady", subject, message)
                : Finding.warning(Link.BROKER, "BrokerPartlyReady", subject, message);
        if (refusal.isPresent()) {
            finding = finding.fixedBy(Workload.showLimits(key));
        }
        return finding.because(Workload.problems(
                        Labels.pods(patient.cluster(), key.namespace(), ObjectNames.LABEL_APP, ObjectNames.BROKER)))
                .fixedBy("kubectl describe pod -n %s -l app=mcp-gateway".formatted(key.namespace()))
                .fixedBy("kubectl logs -n %s deployment/%s --tail=20".formatted(key.namespace(), key.name()));
    }

    private static Optional<Finding> service(Patient patient, ObjectKey key) {
        if (!patient.cluster().sees(Service.class, key.namespace())
                || patient.cluster().find(Service.class, key).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Finding.broken(
                        Link.BROKER,
                        "BrokerServiceMissing",
                        "Service " + key,
                        "the broker's Service does not exist, so the gateway cannot reach it; the controller has to create it")
                .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20"));
    }

    private static List<Finding> reports(Patient patient, MCPGatewayExtension extension) {
        String namespace = extension.getMetadata().getNamespace();
        if (!patient.hearsBrokers(extension)) {
            return patient.facts().brokers().entrySet().stream()
                    .filter(entry -> entry.getKey().namespace().equals(namespace))
                    .flatMap(entry -> entry.getValue().missing().stream())
                    .limit(1)
                    .map(gap -> VisibilityCheck.finding(Link.BROKER, gap))
                    .toList();
        }
        BrokerFleet fleet = patient.fleet(extension);
        if (fleet.gatewayProblem().isPresent()) {
            return List.of(Finding.broken(
                            Link.TLS,
                            "GatewayNotTrusted",
                            "MCPGatewayExtension " + ObjectKey.of(extension),
                            "calls fail, because the broker cannot use the gateway's HTTPS listener: "
                                    + fleet.gatewayProblem().get())
                    .fixedBy("kubectl edit mcpgatewayextension %s -n %s   # a private CA: set spec.caCertBundleRef"
                            .formatted(extension.getMetadata().getName(), namespace)));
        }
        boolean configSeen = Optional.ofNullable(
                        patient.facts().secrets().get(new ObjectKey(namespace, ObjectNames.CONFIG_SECRET)))
                .flatMap(Part::found)
                .isPresent();
        if (configSeen && !fleet.replicas().isEmpty() && !fleet.isProgrammed()) {
            return List.of(Finding.broken(
                            Link.BROKER,
                            "ConfigurationNotLoaded",
                            "Deployment " + new ObjectKey(namespace, ObjectNames.BROKER),
                            fleet.progress())
                    .because("the Secret %s/%s has another configuration"
                            .formatted(namespace, ObjectNames.CONFIG_SECRET))
                    .fixedBy("kubectl logs -n %s -l app=mcp-gateway --tail=50 | grep config".formatted(namespace)));
        }
        return List.of();
    }
}
