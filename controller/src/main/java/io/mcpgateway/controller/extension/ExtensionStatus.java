package io.mcpgateway.controller.extension;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.controller.conditions.Cause;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.conditions.Transitions;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the status of an extension says. */
public final class ExtensionStatus {
    private static final int MOST_TAKERS = 3;
    private static final int MOST_UNMATCHED = 10;

    private ExtensionStatus() {}

    /** The new status; {@code equals} the present one when nothing differs. */
    public static MCPGatewayExtensionStatus of(
            MCPGatewayExtension extension, ExtensionPlan plan, ExtensionReadiness readiness, Instant now) {
        MCPGatewayExtensionStatus previous =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        @Nullable Long generation = extension.getMetadata().getGeneration();
        List<String> unmatched = unmatched(readiness.fleet(), previous);
        return switch (plan) {
            case ExtensionPlan.Rejected rejected ->
                new MCPGatewayExtensionStatus(
                        Conditions.merge(previous.conditions(), findings(rejected), generation, now),
                        generation,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of());
            case ExtensionPlan.Proceed proceed ->
                status(
                        extension,
                        proceed,
                        findings(proceed, extension, readiness, unmatched),
                        unmatched,
                        pendingPods(readiness, previous),
                        now);
        };
    }

    private static MCPGatewayExtensionStatus status(
            MCPGatewayExtension extension,
            ExtensionPlan.Proceed plan,
            List<Finding> findings,
            List<String> unmatched,
            List<String> pendingPods,
            Instant now) {
        MCPGatewayExtensionStatus previous =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        @Nullable Long generation = extension.getMetadata().getGeneration();
        ClientAddress address = ClientAddress.of(extension.getSpec(), plan);
        return new MCPGatewayExtensionStatus(
                Conditions.merge(previous.conditions(), findings, generation, now),
                generation,
                plan.publicHost(),
                address.url(BrokerLaunch.MCP_PATH),
                extension.getSpec().registryAPI() == EnabledState.ENABLED ? address.url("") : null,
                unmatched,
                pendingPods);
    }

    /** The status while the API server refuses what the plan needs. What else was known goes on. */
    public static MCPGatewayExtensionStatus of(
            MCPGatewayExtension extension, ExtensionPlan.Proceed plan, WriteRefusal refusal, Instant now) {
        MCPGatewayExtensionStatus previous =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        List<Finding> findings = new ArrayList<>(List.of(refusal.finding(ConditionType.READY), accepted(plan)));
        if (refusal.concernsConfiguration()) {
            findings.add(refusal.finding(ConditionType.PROGRAMMED));
        }
        return status(extension, plan, findings, previous.unmatched(), previous.pendingPods(), now);
    }

    /** Which Events a change deserves. */
    public static List<EventNote> events(MCPGatewayExtensionStatus before, MCPGatewayExtensionStatus after) {
        return Transitions.events(
                before.conditions(), after.conditions(), isUnderway(after), causes(before), causes(after));
    }

    private static List<Cause> causes(MCPGatewayExtensionStatus status) {
        return status.unmatched().isEmpty()
                ? List.of()
                : List.of(new Cause(ReasonCode.NOT_LISTED.word(), "spec.pinnedTools", false));
    }

    /** Names of the spec that mean nothing to any replica. */
    private static List<String> unmatched(BrokerFleet fleet, MCPGatewayExtensionStatus previous) {
        if (fleet.isAwaited()) {
            return previous.unmatched();
        }
        List<List<String>> told = fleet.reports().map(StatusReport::unmatched).toList();
        return told.stream()
                .flatMap(List::stream)
                .distinct()
                .filter(name -> told.stream().allMatch(names -> names.contains(name)))
                .limit(MOST_UNMATCHED)
                .toList();
    }

    private static List<String> pendingPods(ExtensionReadiness readiness, MCPGatewayExtensionStatus previous) {
        return readiness.fleet().isAwaited() ? previous.pendingPods() : BrokerFleet.pending(List.of(readiness.fleet()));
    }

    /** Whether all that is missing is the broker's start. */
    private static boolean isUnderway(MCPGatewayExtensionStatus status) {
        return Conditions.find(status.conditions(), ConditionType.READY)
                .filter(ready -> Reason.DEPLOYMENT_NOT_READY.equals(ready.getReason()))
                .isPresent();
    }

    private static List<Finding> findings(ExtensionPlan.Rejected rejected) {
        return List.of(
                Finding.unmet(ConditionType.READY, rejected.reason(), rejected.message()),
                Finding.unmet(ConditionType.ACCEPTED, rejected.reason(), rejected.message()),
                Finding.unmet(
                        ConditionType.PROGRAMMED, Reason.NOT_ACCEPTED, "not configured: see the condition Accepted"));
    }

    private static List<Finding> findings(
            ExtensionPlan.Proceed proceed,
            MCPGatewayExtension extension,
            ExtensionReadiness readiness,
            List<String> unmatched) {
        return List.of(
                ready(proceed, ObjectKey.of(extension), readiness, unmatched),
                accepted(proceed),
                programmed(readiness, extension));
    }

    private static Finding accepted(ExtensionPlan.Proceed proceed) {
        return Finding.met(
                ConditionType.ACCEPTED,
                Reason.ACCEPTED,
                "uses listener \"%s\" (port %d) of gateway %s"
                        .formatted(proceed.listener().getName(), proceed.port(), proceed.gateway()));
    }

    private static Finding ready(
            ExtensionPlan.Proceed proceed, ObjectKey extension, ExtensionReadiness readiness, List<String> unmatched) {
        if (!readiness.config().fits()) {
            return Finding.unmet(
                    ConditionType.READY,
                    Reason.CONFIG_TOO_LARGE,
                    readiness.config().excess());
        }
        if (!readiness.isDeploymentReady()) {
            return Finding.unmet(
                    ConditionType.READY,
                    Reason.DEPLOYMENT_NOT_READY,
                    "broker-router deployment is not ready: %s; see kubectl get pods -n %s -l app=mcp-gateway"
                            .formatted(readiness.progress(), extension.namespace()));
        }
        if (readiness.fleet().gatewayProblem().isPresent()) {
            return Finding.unmet(
                    ConditionType.READY,
                    Reason.GATEWAY_NOT_TRUSTED,
                    "calls fail, because the broker cannot use the gateway's HTTPS listener: "
                            + readiness.fleet().gatewayProblem().get());
        }
        if (!readiness.takers().isEmpty()) {
            return Finding.unmet(
                    ConditionType.READY,
                    Reason.HOSTNAME_TAKEN,
                    "HTTPRoute %2$s sends clients' requests for %1$s to another backend; remove that hostname from it"
                            .formatted(
                                    proceed.publicHost(),
                                    readiness.takers().stream()
                                            .limit(MOST_TAKERS)
                                            .map(ObjectKey::toString)
                                            .collect(Collectors.joining(", "))));
        }
        String configured = "successfully verified and configured";
        return Finding.met(
                ConditionType.READY,
                Reason.VALID_EXTENSION,
                unmatched.isEmpty()
                        ? configured
                        : "%s; no server lists %s: correct spec.pinnedTools with kubectl edit mcpgatewayextension %s -n %s"
                                .formatted(
                                        configured,
                                        String.join(", ", unmatched),
                                        extension.name(),
                                        extension.namespace()));
    }

    private static Finding programmed(ExtensionReadiness readiness, MCPGatewayExtension extension) {
        if (!readiness.config().fits()) {
            return Finding.unmet(
                    ConditionType.PROGRAMMED,
                    Reason.CONFIG_TOO_LARGE,
                    readiness.config().excess());
        }
        if (readiness.fleet().isProgrammed()) {
            return Finding.met(
                    ConditionType.PROGRAMMED,
                    Reason.PROGRAMMED,
                    readiness.fleet().progress());
        }
        Optional<Finding> before = readiness.fleet().isAwaited() && extension.getStatus() != null
                ? Conditions.current(
                                extension.getStatus().conditions(),
                                ConditionType.PROGRAMMED,
                                extension.getMetadata().getGeneration())
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .map(condition ->
                                Finding.met(ConditionType.PROGRAMMED, condition.getReason(), condition.getMessage()))
                : Optional.empty();
        return before.orElseGet(() -> Finding.unmet(
                ConditionType.PROGRAMMED, Reason.PENDING, readiness.fleet().progress()));
    }
}
