package io.mcpgateway.controller.extension;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the status of an extension says. */
public final class ExtensionStatus {
    private static final int MOST_TAKERS = 3;

    private ExtensionStatus() {}

    /** The new status; {@code equals} the present one when nothing differs. */
    public static MCPGatewayExtensionStatus of(
            MCPGatewayExtension extension, ExtensionPlan plan, ExtensionReadiness readiness, Instant now) {
        MCPGatewayExtensionStatus previous =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        @Nullable Long generation = extension.getMetadata().getGeneration();
        return switch (plan) {
            case ExtensionPlan.Rejected rejected ->
                new MCPGatewayExtensionStatus(
                        Conditions.merge(previous.conditions(), findings(rejected), generation, now),
                        generation,
                        null,
                        null,
                        null);
            case ExtensionPlan.Proceed proceed ->
                new MCPGatewayExtensionStatus(
                        Conditions.merge(
                                previous.conditions(), findings(proceed, extension, readiness), generation, now),
                        generation,
                        proceed.publicHost(),
                        ClientAddress.of(extension.getSpec(), proceed).url(BrokerLaunch.MCP_PATH),
                        extension.getSpec().registryAPI() == EnabledState.ENABLED
                                ? ClientAddress.of(extension.getSpec(), proceed).url("")
                                : null);
        };
    }

    /** Whether all that is missing is the broker's start. */
    public static boolean isUnderway(MCPGatewayExtensionStatus status) {
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
            ExtensionPlan.Proceed proceed, MCPGatewayExtension extension, ExtensionReadiness readiness) {
        return List.of(
                ready(proceed, ObjectKey.of(extension), readiness),
                Finding.met(
                        ConditionType.ACCEPTED,
                        Reason.ACCEPTED,
                        "uses listener \"%s\" (port %d) of gateway %s"
                                .formatted(proceed.listener().getName(), proceed.port(), proceed.gateway())),
                programmed(readiness, extension));
    }

    private static Finding ready(ExtensionPlan.Proceed proceed, ObjectKey extension, ExtensionReadiness readiness) {
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
        if (!readiness.envoyFilterPresent()) {
            return Finding.unmet(
                    ConditionType.READY,
                    Reason.ENVOY_FILTER_NOT_APPLIED,
                    "the EnvoyFilter is not in namespace %s; check the controller's log, and that Istio's CRDs are installed"
                            .formatted(proceed.gateway().namespace()));
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
        return Finding.met(ConditionType.READY, Reason.VALID_EXTENSION, "successfully verified and configured");
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
