package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationStatus;
import io.mcpgateway.controller.translation.Essentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the brokers say of each server: whether it answers, and which of its tools are served. */
final class DiscoveryCheck implements Checkup.Check {
    /** Parts of a message that name a problem though the server is ready, and what to call it. */
    private static final Map<String, String> NOTES = Map.of(
            "conflicting tools discovered", "ToolConflict",
            "left out as invalid", "InvalidDefinitions",
            "the server offers no tools", "NoTools",
            "tools are kept, failed attempt", "HealthCheckFails",
            "the server refuses", "CredentialRefused");

    DiscoveryCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPServerRegistration registration : patient.stayingRegistrations()) {
            ready(patient, registration)
                    .flatMap(ready -> finding(registration, ready))
                    .ifPresent(findings::add);
        }
        return List.copyOf(findings);
    }

    /** What the brokers say now; where they or the plan cannot be seen, what the controller has written. */
    private static Optional<Condition> ready(Patient patient, MCPServerRegistration registration) {
        Optional<RegistrationPlan> plan = patient.plan(registration);
        if (plan.isPresent() && !(plan.get() instanceof RegistrationPlan.Registered)) {
            return Optional.empty();
        }
        List<BrokerFleet> fleets = patient.extensions().stream()
                .filter(patient::hearsBrokers)
                .map(patient::fleet)
                .toList();
        boolean heard = plan.isPresent()
                && plan.get().entries().stream()
                        .allMatch(entry -> fleets.stream()
                                .anyMatch(fleet -> fleet.extension().equals(entry.extension())));
        List<Condition> conditions = heard
                ? RegistrationStatus.of(
                                Essentials.of(registration),
                                plan.get(),
                                fleets,
                                patient.facts().now())
                        .conditions()
                : Objects.requireNonNullElse(registration.getStatus(), MCPServerRegistrationStatus.EMPTY)
                        .conditions();
        return Conditions.find(conditions, ConditionType.READY)
                .filter(_ -> heard || Conditions.isTrue(conditions, ConditionType.ACCEPTED));
    }

    private static Optional<Finding> finding(MCPServerRegistration registration, Condition ready) {
        ObjectKey key = ObjectKey.of(registration);
        String subject = "MCPServerRegistration " + key;
        String message = Objects.requireNonNullElse(ready.getMessage(), "");
        if (Reason.DISABLED.equals(ready.getReason())) {
            return Optional.empty();
        }
        if ("True".equals(ready.getStatus())) {
            return Optional.of(NOTES.entrySet().stream()
                    .filter(note -> message.contains(note.getKey()))
                    .sorted(Map.Entry.comparingByKey())
                    .findFirst()
                    .map(note -> Finding.warning(Link.DISCOVERY, note.getValue(), subject, message)
                            .fixedBy(remedy(registration, message)))
                    .orElseGet(() -> Finding.ok(Link.DISCOVERY, subject, message)));
        }
        boolean credential = message.contains("auth failed") || message.contains("the server refuses");
        return Optional.of(Finding.broken(
                        credential ? Link.CREDENTIAL : Link.DISCOVERY,
                        credential ? "CredentialRefused" : "ServerNotReady",
                        subject,
                        message)
                .fixedBy(remedy(registration, message)));
    }

    private static String remedy(MCPServerRegistration registration, String message) {
        ObjectKey key = ObjectKey.of(registration);
        String edit = "kubectl edit mcpserverregistration %s -n %s".formatted(key.name(), key.namespace());
        if (message.contains("conflicting tools discovered")) {
            return "kubectl patch mcpserverregistration %s -n %s --type=merge -p '{\"spec\":{\"toolPrefix\":\"%s_\"}}'"
                    .formatted(key.name(), key.namespace(), key.name().replace('.', '-'));
        }
        if (message.contains("auth failed") || message.contains("credential")) {
            return Optional.ofNullable(registration.getSpec().credentialRef())
                    .map(credential ->
                            "kubectl edit secret %s -n %s   # key %s must be the whole Authorization header, such as Bearer TOKEN"
                                    .formatted(
                                            credential.name(),
                                            registration.getMetadata().getNamespace(),
                                            credential.key()))
                    .orElse(edit + "   # set spec.credentialRef");
        }
        if (message.contains("spec.path") || message.contains("redirects") || message.contains("not an MCP response")) {
            return edit + "   # correct spec.path";
        }
        if (message.contains("does not trust") || message.contains("TLS") || message.contains("certificate")) {
            return edit + "   # spec.caCertSecretRef, see docs/custom-ca.md";
        }
        if (message.contains("not present in gateway yet") || message.contains("no broker endpoints")) {
            return "kubectl get pods -A -l app=mcp-gateway";
        }
        return "kubectl logs -n mcp-system -l app=mcp-gateway --tail=50 | grep %s   # then look at the server itself: kubectl get pods -n %s"
                .formatted(key, References.route(registration).orElse(key).namespace());
    }
}
