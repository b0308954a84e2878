package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The controller's Deployment, whether installed with Helm or kustomize. */
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
            return deployments.stream().map(found -> finding(patient, found)).toList();
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
}
