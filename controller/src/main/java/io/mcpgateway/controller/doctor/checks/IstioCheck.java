package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;

/** istiod: without it nothing answers for Gateways and routes, and Envoy gets no configuration. */
final class IstioCheck implements Checkup.Check {
    /** On istiod's Deployment and Pods, whatever its revision. */
    static final String LABEL = "app";

    static final String NAME = "istiod";

    IstioCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Deployment> deployments = patient.cluster().all(Deployment.class).stream()
                .filter(IstioCheck::isIstiod)
                .toList();
        if (deployments.isEmpty()) {
            // A control plane outside of the cluster has no Deployment here, but its Gateways are programmed.
            boolean governed = patient.cluster().all(Gateway.class).stream()
                    .anyMatch(gateway -> Statuses.isTrue(Statuses.of(gateway), "Programmed"));
            if (!patient.cluster().seesAll(Deployment.class) || governed) {
                return List.of();
            }
            return List.of(Finding.broken(
                            Link.ISTIO,
                            "IstiodMissing",
                            "istiod",
                            "not running: no Deployment with the label app=istiod in any namespace")
                    .fixedBy("helm install istiod istio/istiod -n istio-system --create-namespace --wait"));
        }
        return deployments.stream().map(istiod -> finding(patient, istiod)).toList();
    }

    static boolean isIstiod(Deployment deployment) {
        return Labels.has(deployment, LABEL, NAME);
    }

    private static Finding finding(Patient patient, Deployment istiod) {
        ObjectKey key = ObjectKey.of(istiod);
        String subject = "Deployment " + key;
        if (Workload.ready(istiod) > 0) {
            return Finding.ok(Link.ISTIO, subject, "ready replicas: " + Workload.ready(istiod));
        }
        Finding broken = Finding.broken(
                        Link.ISTIO,
                        "IstiodNotReady",
                        subject,
                        "istiod is not ready (%d of %d replicas): Gateways, routes and filters do not reach Envoy"
                                .formatted(Workload.ready(istiod), Workload.wanted(istiod)))
                .because(Workload.problems(Labels.pods(patient.cluster(), key.namespace(), LABEL, NAME)));
        return Workload.wanted(istiod) == 0
                ? broken.fixedBy(
                        "kubectl scale deployment/%s -n %s --replicas=1".formatted(key.name(), key.namespace()))
                : broken.fixedBy("kubectl describe pod -n %s -l app=istiod".formatted(key.namespace()));
    }
}
