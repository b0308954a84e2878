package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.desired.ConfigSecret;
import io.mcpgateway.controller.desired.RenderedConfig;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.RefusedWrites;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.translation.TranslatedExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The controller's Deployment, whether installed with Helm or kustomize, and whether it does its work. */
final class ControllerCheck implements Checkup.Check {
    /** On the controller's Pods, however it was installed. */
    static final String LABEL = "app";

    static final String NAME = "mcp-controller";

    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", "mcp-gateway", "app.kubernetes.io/component", "controller");

    ControllerCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Deployment> deployments = patient.cluster().all(Deployment.class).stream()
                .filter(ControllerCheck::isController)
                .toList();
        if (!deployments.isEmpty()) {
            return Stream.concat(
                            deployments.stream().map(found -> finding(patient, found)),
                            deployments.stream().filter(found -> Workload.ready(found) > 0).findFirst().stream()
                                    .flatMap(found -> undone(patient, ObjectKey.of(found))))
                    .toList();
        }
        List<Pod> pods = patient.cluster().all(Pod.class).stream()
                .filter(pod -> Labels.has(pod, LABEL, NAME))
                .toList();
        if (pods.stream().anyMatch(Workload::isReady) || !patient.cluster().seesAll(Deployment.class)) {
            return List.of();
        }
        return List.of(Finding.broken(
                        Link.CONTROLLER,
                        "ControllerMissing",
                        "Deployment mcp-gateway-controller",
                        "not installed: no controller in any namespace, so nothing reacts to changes")
                .fixedBy("helm upgrade -i mcp-gateway charts/mcp-gateway -n mcp-system --create-namespace"));
    }

    static boolean isController(Deployment deployment) {
        boolean template = deployment.getSpec() != null
                && deployment.getSpec().getTemplate() != null
                && deployment.getSpec().getTemplate().getMetadata() != null
                && NAME.equals(Stream.ofNullable(
                                deployment.getSpec().getTemplate().getMetadata().getLabels())
                        .map(labels -> labels.getOrDefault(LABEL, ""))
                        .findFirst()
                        .orElse(""));
        return template || Labels.has(deployment, LABEL, NAME) || Labels.hasAll(deployment, LABELS);
    }

    private static Finding finding(Patient patient, Deployment controller) {
        ObjectKey key = ObjectKey.of(controller);
        String subject = "Deployment " + key;
        if (Workload.ready(controller) > 0) {
            return Finding.ok(
                    Link.CONTROLLER,
                    subject,
                    "%d of %d replicas ready".formatted(Workload.ready(controller), Workload.wanted(controller)));
        }
        if (Workload.wanted(controller) == 0) {
            return Finding.broken(
                            Link.CONTROLLER,
                            "ControllerScaledToZero",
                            subject,
                            "the controller has 0 replicas, so nothing reacts to changes")
                    .fixedBy("kubectl scale deployment/%s -n %s --replicas=1".formatted(key.name(), key.namespace()));
        }
        Optional<String> refusal = Workload.refusal(controller);
        Finding broken = Finding.broken(
                        Link.CONTROLLER,
                        "ControllerNotReady",
                        subject,
                        "the controller is not ready (%d of %d replicas), so nothing reacts to changes"
                                        .formatted(Workload.ready(controller), Workload.wanted(controller))
                                + refusal.map(why -> ": " + why).orElse(""))
                .because(Workload.problems(Labels.pods(patient.cluster(), key.namespace(), LABEL, NAME)));
        if (refusal.isPresent()) {
            broken = broken.fixedBy(Workload.showLimits(key));
        }
        return broken.fixedBy("kubectl describe pod -n %s -l %s=%s".formatted(key.namespace(), LABEL, NAME))
                .fixedBy("kubectl logs -n %s deployment/%s --tail=20".formatted(key.namespace(), key.name()));
    }

    /** What a controller that runs should have done, and has not: it does not lead, or may not write. */
    private static Stream<Finding> undone(Patient patient, ObjectKey controller) {
        Set<String> unseen = patient.stayingRegistrations().stream()
                .filter(ControllerCheck::isUnseen)
                .map(registration -> ObjectKey.of(registration).toString())
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.concat(
                unseen.stream().limit(1).map(name -> unseen(name, unseen.size(), controller)),
                patient.extensions().stream()
                        .flatMap(extension ->
                                RefusedWrites.of(extension)
                                        .or(() -> unwritten(patient, extension, unseen, controller))
                                        .stream()));
    }

    private static boolean isUnseen(MCPServerRegistration registration) {
        Long generation = registration.getMetadata().getGeneration();
        return generation != null
                && (registration.getStatus() == null
                        || !generation.equals(registration.getStatus().observedGeneration()));
    }

    private static Finding unseen(String registration, int all, ObjectKey controller) {
        return Finding.broken(
                        Link.CONTROLLER,
                        "ControllerBehind",
                        "MCPServerRegistration " + registration,
                        "the controller runs, but has not looked at the newest version of it%s: no replica works, if none holds the Lease"
                                .formatted(all > 1 ? " and of %d more".formatted(all - 1) : ""))
                .fixedBy(showLease(controller.namespace()))
                .fixedBy("kubectl logs -n %s deployment/%s --tail=20"
                        .formatted(controller.namespace(), controller.name()));
    }

    /** The controller's replicas wait as long as a Lease is held, even by a Pod that is gone. */
    static String showLease(String namespace) {
        return ("kubectl get lease %s -n %s -o yaml   # is holderIdentity a Pod that runs?"
                        + " If not, and renewTime is old: kubectl delete lease %s -n %s")
                .formatted(ObjectNames.CONTROLLER, namespace, ObjectNames.CONTROLLER, namespace);
    }

    private static Optional<Finding> unwritten(
            Patient patient, MCPGatewayExtension extension, Set<String> unseen, ObjectKey controller) {
        ObjectKey key = new ObjectKey(extension.getMetadata().getNamespace(), ObjectNames.CONFIG_SECRET);
        Part<Optional<Secret>> part = patient.facts().secrets().get(key);
        if (part == null
                || part.found().flatMap(found -> found).isEmpty()
                || !(patient.plan(extension).orElse(null) instanceof TranslatedExtension.Accepted accepted)
                || !RenderedConfig.of(accepted.config()).size().fits()) {
            return Optional.empty();
        }
        Secret secret = part.found().flatMap(found -> found).get();
        if (!(ConfigSecret.document(secret).map(ConfigYaml::parse).orElse(null)
                instanceof ConfigYaml.Result.Parsed(BrokerConfig written))) {
            return Optional.empty();
        }
        Set<ServerName> names = written.servers().stream().map(McpServer::name).collect(Collectors.toSet());
        List<String> missing = accepted.config().servers().stream()
                .map(McpServer::name)
                .filter(name -> !names.contains(name))
                .map(ServerName::value)
                .filter(name -> !unseen.contains(name))
                .toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        boolean immutable = Boolean.TRUE.equals(secret.getImmutable());
        Finding finding = Finding.broken(
                Link.CONTROLLER,
                "ConfigurationNotWritten",
                "Secret " + key,
                "the brokers' configuration lacks MCP server %s%s: %s"
                        .formatted(
                                missing.getFirst(),
                                missing.size() > 1 ? " and %d more".formatted(missing.size() - 1) : "",
                                immutable
                                        ? "the Secret is immutable, so the controller cannot write it"
                                        : "the controller could not write it"));
        return Optional.of((immutable
                        ? finding.fixedBy("kubectl delete secret %s -n %s   # the controller creates it anew"
                                .formatted(key.name(), key.namespace()))
                        : finding)
                .fixedBy("kubectl logs -n %s deployment/%s --tail=50"
                        .formatted(controller.namespace(), controller.name())));
    }
}
