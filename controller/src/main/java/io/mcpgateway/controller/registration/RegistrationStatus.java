package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningStatus;
import io.mcpgateway.api.v1alpha1.reference.CredentialReference;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.fleet.BrokerFleet;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the status of a registration says. Ready is the broker's truth: True only when every ready replica of every
 * extension that the registration goes to serves its tools.
 */
public final class RegistrationStatus {
    private RegistrationStatus() {}

    /**
     * The new status; {@code equals} the present one when nothing differs.
     *
     * @param fleets of the extensions that the plan names; one that is missing counts as having no ready replica
     */
    public static MCPServerRegistrationStatus of(
            MCPServerRegistration registration, RegistrationPlan plan, List<BrokerFleet> fleets, Instant now) {
        MCPServerRegistrationStatus previous =
                Objects.requireNonNullElse(registration.getStatus(), MCPServerRegistrationStatus.EMPTY);
        @Nullable Long generation = registration.getMetadata().getGeneration();
        Present present = new Present(previous, generation);
        ServerVerdict verdict = ServerVerdict.of(plan.entries(), fleets);
        List<Finding> findings = new ArrayList<>();
        findings.add(ready(registration, plan, verdict, present));
        findings.add(accepted(plan));
        findings.add(programmed(plan, fleets, verdict, present));
        ServerReasons reasons = ServerReasons.of(plan.entries(), fleets);
        boolean untold = verdict.awaited() && present.has(ConditionType.READY);
        PinningReports reports = PinningReports.of(plan.entries(), fleets);
        Optional<ToolPinningStatus> memory = ToolMemory.next(registration, reports, now);
        List<Condition> conditions = previous.conditions();
        if (memory.isPresent()) {
            boolean unknown = plan instanceof RegistrationPlan.Registered && !present.has(ConditionType.TOOLS_APPROVED);
            ToolApproval.of(registration, memory.get(), reports, unknown).ifPresent(findings::add);
        } else {
            conditions = Conditions.without(conditions, ConditionType.TOOLS_APPROVED);
        }
        return new MCPServerRegistrationStatus(
                Conditions.merge(conditions, findings, generation, now),
                tools(registration, plan, verdict, present),
                untold ? previous.notServed() : notServed(registration, plan, reasons),
                untold ? previous.reasons() : reasons.all(),
                untold ? previous.lastSeen() : lastSeen(registration, plan, reasons, present),
                pendingPods(plan, fleets, verdict, present),
                registration.getSpec() == null ? null : registration.getSpec().authorizationMode(),
                protocolVersions(registration, plan, verdict, present),
                generation,
                previous.url(),
                memory.orElse(null));
    }

    /** What the status says so far, and whether that is about the present spec. */
    private record Present(
            MCPServerRegistrationStatus status, @Nullable Long generation) {
        boolean has(String type) {
            return Conditions.current(status.conditions(), type, generation).isPresent();
        }

        boolean isTrue(String type) {
            return has(type) && Conditions.isTrue(status.conditions(), type);
        }

        Finding repeat(String type) {
            Condition condition = Conditions.find(status.conditions(), type).orElseThrow();
            return new Finding(
                    type, "True".equals(condition.getStatus()), condition.getReason(), condition.getMessage());
        }
    }

    private static Finding ready(
            MCPServerRegistration registration, RegistrationPlan plan, ServerVerdict verdict, Present present) {
        if (isDisabled(registration)) {
            return Finding.unmet(ConditionType.READY, Reason.DISABLED, "server is disabled");
        }
        return switch (plan) {
            case RegistrationPlan.Unattached unattached ->
                Finding.unmet(ConditionType.READY, Reason.NOT_READY, unattached.message());
            case RegistrationPlan.Invalid invalid ->
                Finding.unmet(ConditionType.READY, Reason.NOT_READY, invalid.message());
            case RegistrationPlan.Disabled _ ->
                Finding.unmet(ConditionType.READY, Reason.DISABLED, "server is disabled");
            case RegistrationPlan.Registered _ -> {
                if (verdict.awaited() && present.has(ConditionType.READY)) {
                    yield present.repeat(ConditionType.READY);
                }
                String message = verdict.message() + refusedCredential(registration, verdict);
                yield verdict.ready()
                        ? Finding.met(ConditionType.READY, Reason.READY, message)
                        : Finding.unmet(ConditionType.READY, Reason.NOT_READY, message);
            }
        };
    }

    /** The broker knows the credential only; its owner has to know which Secret it came from. */
    private static String refusedCredential(MCPServerRegistration registration, ServerVerdict verdict) {
        if (verdict.credentialRefusedSince().isEmpty()) {
            return "";
        }
        CredentialReference reference = registration.getSpec().credentialRef();
        String credential = reference == null
                ? "requests without a credential (spec.credentialRef is not set)"
                : "the credential of Secret " + registration.getMetadata().getNamespace() + "/" + reference.name();
        String kept = verdict.ready() ? "; the tools that it listed last are still served" : "";
        return "; the server refuses " + credential + " since "
                + verdict.credentialRefusedSince().get().truncatedTo(ChronoUnit.SECONDS) + kept;
    }

    private static Finding accepted(RegistrationPlan plan) {
        return switch (plan) {
            case RegistrationPlan.Unattached(String reason, String message) ->
                Finding.unmet(ConditionType.ACCEPTED, reason, message);
            case RegistrationPlan.Invalid invalid ->
                Finding.unmet(ConditionType.ACCEPTED, invalid.reason(), invalid.message());
            case RegistrationPlan.Disabled disabled -> accepted(disabled.placements(), List.of());
            case RegistrationPlan.Registered registered -> accepted(registered.placements(), registered.neighbours());
        };
    }

    private static Finding accepted(List<Placement> placements, List<String> neighbours) {
        String extensions = placements.stream()
                .map(placement -> placement.extension().toString())
                .collect(Collectors.joining(", "));
        return Finding.met(
                ConditionType.ACCEPTED,
                Reason.ACCEPTED,
                "registered with MCPGatewayExtension " + extensions
                        + (neighbours.isEmpty() ? "" : "; note: " + String.join("; ", neighbours)));
    }

    /**
     * The configuration's hash changes with every registration, and its delivery takes a moment each time. If each
     * replica has this server as it should be, nothing has changed for this registration; otherwise one change would
     * rewrite the status of all of them.
     */
    private static Finding programmed(
            RegistrationPlan plan, List<BrokerFleet> fleets, ServerVerdict verdict, Present present) {
        if (plan.entries().isEmpty()) {
            return Finding.unmet(
                    ConditionType.PROGRAMMED, Reason.NOT_ACCEPTED, "not configured: see the condition Accepted");
        }
        if (verdict.awaited() && present.has(ConditionType.PROGRAMMED)) {
            return present.repeat(ConditionType.PROGRAMMED);
        }
        List<BrokerFleet> own = ServerVerdict.fleetsOf(plan.entries(), fleets);
        boolean delivered = own.stream().allMatch(BrokerFleet::isProgrammed);
        if (delivered || (verdict.known() && present.isTrue(ConditionType.PROGRAMMED))) {
            return Finding.met(
                    ConditionType.PROGRAMMED,
                    Reason.PROGRAMMED,
                    "every ready broker replica runs the configuration with this server");
        }
        return own.stream()
                .filter(fleet -> !fleet.isProgrammed())
                .map(fleet -> Finding.unmet(ConditionType.PROGRAMMED, Reason.PENDING, fleet.progress()))
                .findFirst()
                .orElseThrow();
    }

    private static Integer tools(
            MCPServerRegistration registration, RegistrationPlan plan, ServerVerdict verdict, Present present) {
        if (isDisabled(registration) || plan.entries().isEmpty()) {
            return 0;
        }
        Integer before = present.status().discoveredTools();
        return before != null && verdict.awaited() && present.has(ConditionType.READY)
                ? before
                : Integer.valueOf(verdict.tools());
    }

    private static @Nullable Integer notServed(
            MCPServerRegistration registration, RegistrationPlan plan, ServerReasons reasons) {
        return isDisabled(registration) || plan.entries().isEmpty() ? null : Integer.valueOf(reasons.notServed());
    }

    private static @Nullable String lastSeen(
            MCPServerRegistration registration, RegistrationPlan plan, ServerReasons reasons, Present present) {
        if (isDisabled(registration) || plan.entries().isEmpty()) {
            return null;
        }
        // With another spec, it may be another server.
        Optional<Instant> before =
                present.has(ConditionType.READY) ? time(present.status().lastSeen()) : Optional.empty();
        return reasons.lastSeen(before)
                .map(seen -> seen.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(null);
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException edited) {
            return Optional.empty();
        }
    }

    /** As long as the condition Programmed says that something is missing. */
    private static List<String> pendingPods(
            RegistrationPlan plan, List<BrokerFleet> fleets, ServerVerdict verdict, Present present) {
        if (verdict.awaited() && present.has(ConditionType.PROGRAMMED)) {
            return present.status().pendingPods();
        }
        return verdict.known() && present.isTrue(ConditionType.PROGRAMMED)
                ? List.of()
                : BrokerFleet.pending(ServerVerdict.fleetsOf(plan.entries(), fleets));
    }

    private static List<String> protocolVersions(
            MCPServerRegistration registration, RegistrationPlan plan, ServerVerdict verdict, Present present) {
        if (isDisabled(registration) || plan.entries().isEmpty()) {
            return List.of();
        }
        return verdict.awaited() && present.has(ConditionType.READY)
                ? present.status().protocolVersions()
                : verdict.protocolVersions();
    }

    private static boolean isDisabled(MCPServerRegistration registration) {
        return registration.getSpec() != null && registration.getSpec().state() == EnabledState.DISABLED;
    }
}
