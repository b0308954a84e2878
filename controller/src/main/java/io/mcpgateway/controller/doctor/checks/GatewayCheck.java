package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Gateways of our extensions: their class, what istiod says of them, their listeners and certificates, their Pods. */
final class GatewayCheck implements Checkup.Check {
    /** On the Pods that Istio starts for a Gateway. */
    static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    GatewayCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        return patient.extensions().stream()
                .flatMap(extension -> References.gateway(extension).stream())
                .distinct()
                .flatMap(key -> patient.cluster().find(Gateway.class, key).stream())
                .flatMap(gateway -> findings(patient, gateway).stream())
                .toList();
    }

    private static List<Finding> findings(Patient patient, Gateway gateway) {
        ObjectKey key = ObjectKey.of(gateway);
        String subject = "Gateway " + key;
        List<Finding> findings = new ArrayList<>();
        missingClass(patient, gateway).ifPresent(findings::add);
        List<Finding> listeners = Listeners.http(gateway).stream()
                .flatMap(listener -> listener(gateway, listener).stream())
                .toList();
        // If no listener is valid, Istio says only that of the Gateway. The listeners say why.
        findings.addAll(listeners);
        conditions(gateway)
                .filter(_ -> listeners.isEmpty() || !isBecauseOfListeners(gateway))
                .ifPresent(findings::add);
        pods(patient, key).ifPresent(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(Link.GATEWAY, subject, "programmed, its listeners are accepted"));
        }
        return List.copyOf(findings);
    }

    private static boolean isBecauseOfListeners(Gateway gateway) {
        return Statuses.refused(Statuses.of(gateway), "Accepted")
                .filter(refused -> "ListenersNotValid".equals(refused.getReason()))
                .isPresent();
    }

    private static Optional<Finding> missingClass(Patient patient, Gateway gateway) {
        String name = gateway.getSpec().getGatewayClassName();
        if (!patient.cluster().seesAll(GatewayClass.class)
                || patient.cluster().installedBy(GatewayClass.class).isPresent()
                || patient.cluster().all(GatewayClass.class).stream()
                        .anyMatch(found -> found.getMetadata().getName().equals(name))) {
            return Optional.empty();
        }
        String known = String.join(
                ", ",
                patient.cluster().all(GatewayClass.class).stream()
                        .map(found -> found.getMetadata().getName())
                        .sorted()
                        .toList());
        return Optional.of(Finding.broken(
                        Link.GATEWAY,
                        "GatewayClassMissing",
                        "Gateway " + ObjectKey.of(gateway),
                        "its class \"%s\" does not exist (there are: %s), so nothing serves it"
                                .formatted(name, known.isEmpty() ? "none" : known))
                .fixedBy("kubectl get gatewayclass   # then correct spec.gatewayClassName of the Gateway"));
    }

    private static Optional<Finding> conditions(Gateway gateway) {
        ObjectKey key = ObjectKey.of(gateway);
        String subject = "Gateway " + key;
        List<Condition> conditions = Statuses.of(gateway);
        Optional<Condition> refused =
                Statuses.refused(conditions, "Accepted").or(() -> Statuses.refused(conditions, "Programmed"));
        if (refused.isPresent() && "AddressNotAssigned".equals(refused.get().getReason())) {
            return Optional.of(Finding.warning(
                            Link.GATEWAY,
                            "AddressNotAssigned",
                            subject,
                            "it has no address, because its Service is of type LoadBalancer and nothing assigns one;"
                                    + " it can be reached inside the cluster and by port-forward")
                    .because(Statuses.told(refused.get()))
                    .fixedBy("kubectl annotate gateway %s -n %s networking.istio.io/service-type=ClusterIP"
                            .formatted(key.name(), key.namespace())));
        }
        if (refused.isPresent()) {
            return Optional.of(Finding.broken(
                            Link.GATEWAY,
                            "GatewayNot" + refused.get().getType(),
                            subject,
                            "not %s".formatted(refused.get().getType().toLowerCase(java.util.Locale.ROOT)))
                    .because(Statuses.told(refused.get()))
                    .fixedBy("kubectl describe gateway %s -n %s".formatted(key.name(), key.namespace())));
        }
        if (!Statuses.isTrue(conditions, "Programmed")) {
            return Optional.of(Finding.broken(
                            Link.GATEWAY,
                            "GatewayNotTaken",
                            subject,
                            "no controller has taken it: its status is empty or waiting; is istiod running, and does its class belong to Istio?")
                    .because(conditions.stream().findFirst().map(Statuses::told))
                    .fixedBy("kubectl get gatewayclass; kubectl get pods -A -l app=istiod"));
        }
        return Optional.empty();
    }

    private static Optional<Finding> listener(Gateway gateway, Listener listener) {
        ObjectKey key = ObjectKey.of(gateway);
        List<Condition> conditions = Statuses.ofListener(gateway, listener.getName());
        String subject = "Gateway %s, listener %s".formatted(key, listener.getName());
        String describe = "kubectl describe gateway %s -n %s".formatted(key.name(), key.namespace());
        Optional<Condition> unresolved = Statuses.refused(conditions, "ResolvedRefs");
        if (unresolved.isPresent()) {
            boolean tls = Listeners.isTls(listener);
            return Optional.of(Finding.broken(
                            tls ? Link.TLS : Link.GATEWAY,
                            "ListenerReferences",
                            subject,
                            tls
                                    ? "its certificate cannot be used: "
                                            + unresolved.get().getMessage()
                                    : "a reference of it cannot be resolved: "
                                            + unresolved.get().getMessage())
                    .because(Statuses.told(unresolved.get()))
                    .fixedBy(tls ? certificate(key, listener) : describe));
        }
        return Statuses.refused(conditions, "Accepted")
                .or(() -> Statuses.refused(conditions, "Programmed"))
                .or(() -> conditions.stream()
                        .filter(condition ->
                                "Conflicted".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .findFirst())
                .map(refused -> Finding.broken(
                                Link.GATEWAY,
                                "ListenerNotServed",
                                subject,
                                "the listener is not served: " + refused.getMessage())
                        .because(Statuses.told(refused))
                        .fixedBy(describe));
    }

    private static String certificate(ObjectKey gateway, Listener listener) {
        if (listener.getTls() == null
                || listener.getTls().getCertificateRefs() == null
                || listener.getTls().getCertificateRefs().isEmpty()) {
            return "kubectl edit gateway %s -n %s   # add tls.certificateRefs to listener %s"
                    .formatted(gateway.name(), gateway.namespace(), listener.getName());
        }
        var reference = listener.getTls().getCertificateRefs().getFirst();
        return "kubectl create secret tls %s -n %s --cert=FILE --key=FILE"
                .formatted(
                        reference.getName(),
                        Optional.ofNullable(reference.getNamespace()).orElse(gateway.namespace()));
    }

    private static Optional<Finding> pods(Patient patient, ObjectKey gateway) {
        if (!patient.cluster().sees(Pod.class, gateway.namespace())) {
            return Optional.empty();
        }
        List<Pod> pods = Labels.pods(patient.cluster(), gateway.namespace(), GATEWAY_NAME, gateway.name());
        if (pods.stream().anyMatch(Workload::isReady)) {
            return Optional.empty();
        }
        Finding broken = Finding.broken(
                        Link.GATEWAY,
                        "GatewayPodsNotReady",
                        "Gateway " + gateway,
                        pods.isEmpty() ? "it has no Pod: no Envoy serves it" : "none of its Envoy Pods is ready")
                .because(Workload.problems(pods));
        return Optional.of(broken.fixedBy("kubectl get deployment,pods -n %s -l %s=%s"
                .formatted(gateway.namespace(), GATEWAY_NAME, gateway.name())));
    }
}
