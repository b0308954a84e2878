package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Grants;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants.Reference;
import io.mcpgateway.controller.gatewayapi.RouteBackend;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether each registration is accepted: its route, its backend, its Secrets, its host name. */
final class RegistrationCheck implements Checkup.Check {
    private static final String RESOLVED = "ResolvedRefs=False";

    RegistrationCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        return patient.registrations().stream()
                .map(registration -> finding(patient, registration))
                .toList();
    }

    private static Finding finding(Patient patient, MCPServerRegistration registration) {
        String subject = "MCPServerRegistration " + ObjectKey.of(registration);
        if (registration.getMetadata().getDeletionTimestamp() != null) {
            return Finding.warning(
                            Link.REGISTRATION,
                            "RegistrationBeingDeleted",
                            subject,
                            "it is being deleted since %s; the controller has to finish that"
                                    .formatted(registration.getMetadata().getDeletionTimestamp()))
                    .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20");
        }
        Optional<RegistrationPlan> plan = patient.plan(registration);
        return plan.map(planned -> planned(patient, registration, subject, planned))
                .orElseGet(() -> told(patient, registration, subject));
    }

    private static Finding planned(
            Patient patient, MCPServerRegistration registration, String subject, RegistrationPlan plan) {
        return switch (plan) {
            case RegistrationPlan.Unattached(String reason, String message) ->
                refused(patient, registration, subject, reason, message);
            case RegistrationPlan.Invalid invalid ->
                refused(patient, registration, subject, invalid.reason(), invalid.message());
            case RegistrationPlan.Disabled _ ->
                Finding.ok(Link.REGISTRATION, subject, "switched off (spec.state: Disabled)");
            case RegistrationPlan.Registered registered -> registered(registered, subject);
        };
    }

    private static Finding registered(RegistrationPlan.Registered plan, String subject) {
        if (!plan.neighbours().isEmpty()) {
            return Finding.warning(
                            Link.REGISTRATION, Reason.HOSTNAME_SHARED, subject, String.join("; ", plan.neighbours()))
                    .fixedBy(
                            "kubectl get httproutes -A -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,HOSTS:.spec.hostnames");
        }
        return Finding.ok(
                Link.REGISTRATION,
                subject,
                "accepted, server at " + plan.placements().getFirst().server().url());
    }

    private static Finding told(Patient patient, MCPServerRegistration registration, String subject) {
        MCPServerRegistrationStatus status =
                Objects.requireNonNullElse(registration.getStatus(), MCPServerRegistrationStatus.EMPTY);
        return Statuses.refused(status.conditions(), ConditionType.ACCEPTED)
                .map(accepted -> refused(patient, registration, subject, accepted.getReason(), accepted.getMessage()))
                .orElseGet(() -> Statuses.isTrue(status.conditions(), ConditionType.ACCEPTED)
                        ? Finding.ok(Link.REGISTRATION, subject, "its status says Accepted")
                        : Finding.unknown(
                                        Link.REGISTRATION,
                                        "NoStatus",
                                        subject,
                                        "the controller has written no status yet")
                                .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20"));
    }

    private static Finding refused(
            Patient patient, MCPServerRegistration registration, String subject, String reason, String message) {
        Finding broken = Finding.broken(link(reason, message), reason, subject, message);
        Optional<HTTPRoute> route =
                References.route(registration).flatMap(key -> patient.cluster().find(HTTPRoute.class, key));
        if (reason.equals(Reason.ROUTE_NOT_ATTACHED) || reason.equals(Reason.PENDING)) {
            Optional<String> parent = route.stream()
                    .flatMap(found -> RouteReferences.gateways(found).stream()
                            .flatMap(gateway -> Statuses.refused(Statuses.ofParent(found, gateway), "Accepted").stream()
                                    .map(condition -> "Gateway " + gateway + " says " + Statuses.told(condition))))
                    .findFirst();
            broken = broken.because(parent.or(() -> route.flatMap(found -> missingGateway(patient, found))));
        }
        return broken.fixedBy(remedy(registration, route, reason, message, broken.evidence()));
    }

    private static Optional<String> missingGateway(Patient patient, HTTPRoute route) {
        return RouteReferences.gateways(route).stream()
                .filter(gateway -> patient.cluster()
                        .find(io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway.class, gateway)
                        .isEmpty())
                .findFirst()
                .map(gateway -> "its parentRef names Gateway " + gateway + ", which does not exist");
    }

    private static Link link(String reason, String message) {
        return switch (reason) {
            case Reason.SECRET_NOT_FOUND, Reason.SECRET_INVALID -> Link.CREDENTIAL;
            case Reason.BACKEND_NOT_FOUND -> Link.SERVER;
            default -> message.contains(RESOLVED) ? Link.SERVER : Link.REGISTRATION;
        };
    }

    private static String remedy(
            MCPServerRegistration registration,
            Optional<HTTPRoute> route,
            String reason,
            String message,
            List<String> evidence) {
        ObjectKey key = ObjectKey.of(registration);
        ObjectKey target = References.route(registration).orElse(key);
        String editRoute = "kubectl edit httproute %s -n %s".formatted(target.name(), target.namespace());
        String edit = "kubectl edit mcpserverregistration %s -n %s".formatted(key.name(), key.namespace());
        return switch (reason) {
            case Reason.ROUTE_NOT_FOUND ->
                "kubectl get httproute -n %s   # then create %s, or correct spec.targetRef: %s"
                        .formatted(target.namespace(), target, edit);
            case Reason.REFERENCE_GRANT_REQUIRED -> grant(key, target, route);
            case Reason.ROUTE_NOT_ATTACHED ->
                evidence.stream().anyMatch(line -> line.contains("NotAllowedByListeners"))
                        ? "kubectl label namespace %s mcp.kuadrant.io/routes=true".formatted(target.namespace())
                        : editRoute + "   # parentRefs and hostnames must fit a listener";
            case Reason.PENDING -> editRoute + "   # parentRefs must name an existing Gateway";
            case Reason.NO_EXTENSION -> "kubectl get mcpgatewayextension -A";
            case Reason.SECRET_NOT_FOUND ->
                "kubectl create secret generic %s -n %s --from-literal=%s='Bearer TOKEN' && kubectl label secret %s -n %s mcp.kuadrant.io/credential=true"
                        .formatted(
                                secret(registration),
                                key.namespace(),
                                entry(registration),
                                secret(registration),
                                key.namespace());
            case Reason.SECRET_INVALID -> {
                int command = message.indexOf("kubectl label secret");
                yield command >= 0
                        ? message.substring(command)
                        : "kubectl describe secret %s -n %s   # its keys; then correct it, or spec.credentialRef.key: %s"
                                .formatted(secret(registration), key.namespace(), edit);
            }
            case Reason.BACKEND_NOT_FOUND ->
                missingEntry(message, target)
                        .orElseGet(() -> "kubectl get service -n %s   # then create it, or correct the backendRef: %s"
                                .formatted(target.namespace(), editRoute));
            case Reason.INVALID_SPEC -> edit;
            default -> missingEntry(message, target).orElse(editRoute);
        };
    }

    private static Optional<String> missingEntry(String message, ObjectKey route) {
        return message.contains("ServiceEntry")
                ? Optional.of(
                        "kubectl get serviceentry -n %s   # one for the host of the backendRef is missing: docs/external-servers.md"
                                .formatted(route.namespace()))
                : Optional.empty();
    }

    private static String grant(ObjectKey registration, ObjectKey target, Optional<HTTPRoute> route) {
        if (!registration.namespace().equals(target.namespace()) && route.isEmpty()) {
            return Grants.create(Reference.registrationToRoute(registration.namespace(), target));
        }
        return route.flatMap(RouteBackend::first)
                .map(RouteBackend::key)
                .filter(service -> !service.namespace().equals(target.namespace()))
                .map(service -> Grants.create(Reference.routeToService(target.namespace(), service)))
                .orElseGet(() -> Grants.create(Reference.registrationToRoute(registration.namespace(), target)));
    }

    private static String secret(MCPServerRegistration registration) {
        return References.secrets(registration).map(ObjectKey::name).findFirst().orElse("NAME");
    }

    private static String entry(MCPServerRegistration registration) {
        return registration.getSpec().credentialRef() == null
                ? "ca.crt"
                : registration.getSpec().credentialRef().key();
    }
}
