package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.network.DiscoverySelectors;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.references.References;
import java.util.List;
import java.util.stream.Stream;

/** istiod: without it nothing answers for Gateways and routes, and Envoy gets no configuration. */
final class IstioCheck implements Checkup.Check {
    IstioCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Deployment> deployments = patient.cluster().all(Deployment.class).stream()
                .filter(Labels::isIstiod)
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
        return Stream.concat(
                        deployments.stream().map(istiod -> finding(patient, istiod)),
                        DiscoverySelectors.of(patient.cluster()).stream()
                                .flatMap(selectors -> overlooked(patient, selectors)))
                .toList();
    }

    /** Namespaces that something of ours is in, or leads to, and that istiod does not look at. */
    private static Stream<Finding> overlooked(Patient patient, DiscoverySelectors selectors) {
        Stream<ObjectKey> routes = patient.stayingRegistrations().stream()
                .flatMap(registration -> References.route(registration).stream());
        Stream<String> namespaces = Stream.concat(
                patient.extensions().stream()
                        .flatMap(extension -> Stream.concat(
                                Stream.of(extension.getMetadata().getNamespace()),
                                References.gateway(extension).map(ObjectKey::namespace).stream())),
                routes.flatMap(route -> Stream.concat(
                        Stream.of(route.namespace()),
                        patient.cluster().find(HTTPRoute.class, route).stream()
                                .flatMap(found -> RouteReferences.services(found).stream())
                                .map(ObjectKey::namespace))));
        return namespaces
                .distinct()
                .sorted()
                .filter(namespace -> !selectors.include(patient.cluster(), namespace))
                .map(namespace -> Finding.broken(
                                Link.ISTIO,
                                "NamespaceNotDiscovered",
                                "Namespace " + namespace,
                                "istiod does not look at it, so Envoy learns nothing of its Gateways, routes and Services")
                        .because("none of meshConfig.discoverySelectors in ConfigMap %s fits its labels"
                                .formatted(selectors.configMap()))
                        .fixedBy(selectors.remedy(namespace)));
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
                .because(Workload.problems(Labels.pods(patient.cluster(), key.namespace(), Labels.APP, Labels.ISTIOD)));
        return Workload.wanted(istiod) == 0
                ? broken.fixedBy(
                        "kubectl scale deployment/%s -n %s --replicas=1".formatted(key.name(), key.namespace()))
                : broken.fixedBy("kubectl describe pod -n %s -l app=istiod".formatted(key.namespace()));
    }
}
