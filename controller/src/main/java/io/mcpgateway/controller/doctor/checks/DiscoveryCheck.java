package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.StatedReasons;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationStatus;
import io.mcpgateway.controller.translation.Essentials;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the brokers say of each server: whether it answers, and which of its tools are served. */
final class DiscoveryCheck implements Checkup.Check {
    /** What a reason is called in a finding about a server that is ready all the same, the worst first. */
    private static final Map<ReasonCode, String> NOTES = notes();

    /** How the command begins that approves a list of tools. */
    private static final String APPROVE = "kubectl patch mcpsr ";

    DiscoveryCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPServerRegistration registration : patient.stayingRegistrations()) {
            Said said = said(patient, registration);
            said.ready().flatMap(ready -> finding(registration, ready, said)).ifPresent(findings::add);
            said.ready()
                    .filter(ready -> "True".equals(ready.getStatus()))
                    .flatMap(_ -> approval(registration))
                    .ifPresent(findings::add);
        }
        return List.copyOf(findings);
    }

    /**
     * What is said of a server.
     *
     * @param reasons of the brokers, as far as they can be asked
     */
    private record Said(Optional<Condition> ready, Set<ReasonCode> reasons) {
        /** Those of the brokers; what they do not say is taken from the message. */
        Set<ReasonCode> with(String message) {
            Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
            codes.addAll(reasons.stream().anyMatch(ReasonCode::isFailure) ? Set.of() : StatedReasons.of(message));
            codes.addAll(reasons);
            return codes;
        }
    }

    /** What the brokers say now; where they or the plan cannot be seen, what the controller has written. */
    private static Said said(Patient patient, MCPServerRegistration registration) {
        Optional<RegistrationPlan> plan = patient.plan(registration);
        if (plan.isPresent() && !(plan.get() instanceof RegistrationPlan.Registered)) {
            return new Said(Optional.empty(), Set.of());
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
        Set<ReasonCode> reasons = EnumSet.noneOf(ReasonCode.class);
        plan.stream()
                .flatMap(known -> known.entries().stream())
                .forEach(entry -> fleets.stream()
                        .filter(fleet -> fleet.extension().equals(entry.extension()))
                        .flatMap(fleet -> fleet.reasons(entry.server().name()))
                        .forEach(reasons::add));
        return new Said(
                Conditions.find(conditions, ConditionType.READY)
                        .filter(_ -> heard || Conditions.isTrue(conditions, ConditionType.ACCEPTED)),
                reasons);
    }

    private static Optional<Finding> finding(MCPServerRegistration registration, Condition ready, Said said) {
        ObjectKey key = ObjectKey.of(registration);
        String subject = "MCPServerRegistration " + key;
        String message = Objects.requireNonNullElse(ready.getMessage(), "");
        if (Reason.DISABLED.equals(ready.getReason())) {
            return Optional.empty();
        }
        Set<ReasonCode> reasons = said.with(message);
        String remedy = remedy(registration, reasons, message);
        if ("True".equals(ready.getStatus())) {
            return Optional.of(NOTES.entrySet().stream()
                    .filter(note -> reasons.contains(note.getKey()))
                    .findFirst()
                    .map(note -> Finding.warning(Link.DISCOVERY, note.getValue(), subject, message)
                            .fixedBy(remedy))
                    .orElseGet(() -> Finding.ok(Link.DISCOVERY, subject, message)));
        }
        boolean credential = reasons.contains(ReasonCode.CREDENTIAL_REFUSED);
        return Optional.of(Finding.broken(
                        credential ? Link.CREDENTIAL : Link.DISCOVERY,
                        credential ? "CredentialRefused" : "ServerNotReady",
                        subject,
                        message)
                .fixedBy(remedy));
    }

    /** What waits for somebody's approval; the condition ends with the command. */
    private static Optional<Finding> approval(MCPServerRegistration registration) {
        return unapproved(registration).map(condition -> {
            String message = condition.getMessage();
            int command = message.indexOf(APPROVE);
            return Finding.warning(
                            Link.DISCOVERY,
                            condition.getReason(),
                            "MCPServerRegistration " + ObjectKey.of(registration),
                            command < 0
                                    ? message
                                    : message.substring(0, command).replaceFirst(" with: $", ""))
                    .fixedBy(approve(registration, condition));
        });
    }

    private static Optional<Condition> unapproved(MCPServerRegistration registration) {
        return Statuses.refused(
                        Objects.requireNonNullElse(registration.getStatus(), MCPServerRegistrationStatus.EMPTY)
                                .conditions(),
                        ConditionType.TOOLS_APPROVED)
                .filter(condition -> !Reason.PENDING.equals(condition.getReason()));
    }

    private static String approve(MCPServerRegistration registration, Condition condition) {
        int command = condition.getMessage().indexOf(APPROVE);
        return command < 0
                ? "kubectl edit mcpserverregistration %s -n %s   # spec.approvedTools"
                        .formatted(
                                registration.getMetadata().getName(),
                                registration.getMetadata().getNamespace())
                : condition.getMessage().substring(command);
    }

    private static String remedy(MCPServerRegistration registration, Set<ReasonCode> reasons, String message) {
        ObjectKey key = ObjectKey.of(registration);
        Optional<Condition> unapproved = unapproved(registration);
        if (reasons.contains(ReasonCode.QUARANTINED) && unapproved.isPresent()) {
            return approve(registration, unapproved.get());
        }
        String edit = "kubectl edit mcpserverregistration %s -n %s".formatted(key.name(), key.namespace());
        if (reasons.contains(ReasonCode.NAME_CONFLICT)) {
            return "kubectl patch mcpserverregistration %s -n %s --type=merge -p '{\"spec\":{\"toolPrefix\":\"%s_\"}}'"
                    .formatted(key.name(), key.namespace(), key.name().replace('.', '-'));
        }
        if (reasons.contains(ReasonCode.CREDENTIAL_REFUSED)) {
            return Optional.ofNullable(registration.getSpec().credentialRef())
                    .map(credential ->
                            "kubectl edit secret %s -n %s   # key %s must be the whole Authorization header, such as Bearer TOKEN"
                                    .formatted(
                                            credential.name(),
                                            registration.getMetadata().getNamespace(),
                                            credential.key()))
                    .orElse(edit + "   # set spec.credentialRef");
        }
        if (reasons.contains(ReasonCode.WRONG_PATH) || reasons.contains(ReasonCode.NOT_MCP)) {
            return edit + "   # correct spec.path";
        }
        if (reasons.contains(ReasonCode.TLS_FAILED)) {
            return edit + "   # spec.caCertSecretRef, see docs/custom-ca.md";
        }
        // Said of the brokers, not of the server.
        if (message.contains("not present in gateway yet") || message.contains("no broker endpoints")) {
            return "kubectl get pods -A -l app=mcp-gateway";
        }
        return "kubectl logs -n mcp-system -l app=mcp-gateway --tail=50 | grep %s   # then look at the server itself: kubectl get pods -n %s"
                .formatted(key, References.route(registration).orElse(key).namespace());
    }

    private static Map<ReasonCode, String> notes() {
        Map<ReasonCode, String> notes = new LinkedHashMap<>();
        notes.put(ReasonCode.NAME_CONFLICT, "ToolConflict");
        notes.put(ReasonCode.INVALID_DEFINITION, "InvalidDefinitions");
        notes.put(ReasonCode.NO_TOOLS, "NoTools");
        notes.put(ReasonCode.CREDENTIAL_REFUSED, "CredentialRefused");
        for (ReasonCode code : ReasonCode.values()) {
            if (code.isFailure()) {
                notes.putIfAbsent(code, "HealthCheckFails");
            }
        }
        return notes;
    }
}
