package io.mcpgateway.controller.virtualserver;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the status of a virtual server says. A tool counts as served when every ready replica of some extension serves
 * it. An extension without a ready replica has no say, unless none has one.
 */
public final class VirtualServerReadiness {
    private static final int MOST_EXTENSIONS = 3;

    private static final int MOST_PODS = 10;

    /**
     * The findings, and what they are based on.
     *
     * @param pendingPods which replicas keep the selection from being Ready
     */
    private record Verdict(Finding ready, Finding resolved, SelectionOutcome outcome, List<String> pendingPods) {}

    private VirtualServerReadiness() {}

    /**
     * The new status; {@code equals} the present one when nothing differs.
     *
     * @param claim the URL that it chose
     * @param fleets of the extensions that the plan names
     */
    public static MCPVirtualServerStatus of(
            MCPVirtualServer virtualServer,
            VirtualServerPlan plan,
            UrlClaim claim,
            List<BrokerFleet> fleets,
            Instant now) {
        MCPVirtualServerStatus previous =
                Objects.requireNonNullElse(virtualServer.getStatus(), MCPVirtualServerStatus.EMPTY);
        @Nullable Long generation = virtualServer.getMetadata().getGeneration();
        boolean awaited = fleets.stream().anyMatch(BrokerFleet::isAwaited);
        if (awaited && Objects.equals(previous.observedGeneration(), generation) && previous.toolCount() != null) {
            return previous;
        }
        Verdict verdict = verdict(plan, claim, fleets);
        List<Condition> conditions = Conditions.merge(
                previous.conditions(),
                List.of(ready(verdict, claim), verdict.resolved(), claim.accepted()),
                generation,
                now);
        SelectionOutcome outcome = verdict.outcome();
        return new MCPVirtualServerStatus(
                conditions,
                generation,
                outcome.shown().tools(),
                outcome.shown().prompts(),
                outcome.shown().resources() + outcome.shown().resourceTemplates(),
                outcome.unknownTools(),
                outcome.unmatched(),
                outcome.clashes(),
                outcome.refused(),
                outcome.reasons(),
                verdict.pendingPods(),
                previous.url());
    }

    /** Served, but not where its owner wants it. */
    private static Finding ready(Verdict verdict, UrlClaim claim) {
        Finding accepted = claim.accepted();
        return accepted.met() || !verdict.ready().met()
                ? verdict.ready()
                : Finding.unmet(ConditionType.READY, accepted.reason(), accepted.message());
    }

    /** Whether missing tools may still appear: brokers are starting, or servers are being asked for the first time. */
    public static boolean isUnderway(VirtualServerPlan plan, List<BrokerFleet> fleets, MCPVirtualServerStatus status) {
        if (plan instanceof VirtualServerPlan.Unattached) {
            return false;
        }
        boolean untold = Conditions.find(status.conditions(), ConditionType.TOOLS_RESOLVED)
                .filter(resolved -> Reason.PENDING.equals(resolved.getReason()))
                .isPresent();
        return untold
                || fleets.stream()
                        .flatMap(fleet -> fleet.replicas().stream())
                        .anyMatch(VirtualServerReadiness::isConnecting);
    }

    private static boolean isConnecting(BrokerReplica replica) {
        return replica.answer() instanceof BrokerReplica.Answer.Reported(StatusReport report)
                && report.servers().stream().anyMatch(ServerStatus::connecting);
    }

    private static Verdict verdict(VirtualServerPlan plan, UrlClaim claim, List<BrokerFleet> fleets) {
        VirtualServer entry = plan.entry();
        return switch (plan) {
            case VirtualServerPlan.Unattached unattached -> notReady(entry, unattached.message());
            case VirtualServerPlan.Offered offered -> {
                List<BrokerFleet> serving = fleets.stream()
                        .filter(fleet -> offered.extensions().contains(fleet.extension()))
                        .filter(fleet -> !fleet.replicas().isEmpty())
                        .toList();
                yield forClients(
                        offered,
                        serving.isEmpty()
                                ? notReady(
                                        entry,
                                        "Validation failed: no broker endpoints available; see kubectl get pods -A -l app=mcp-gateway")
                                : served(entry, claim, serving));
            }
        };
    }

    /** The verdict, unless clients cannot use what is served; where only some gateways let them, it names the others. */
    private static Verdict forClients(VirtualServerPlan.Offered offered, Verdict verdict) {
        if (offered.contradicting().isEmpty()) {
            return verdict;
        }
        String problem =
                "spec.protocolVersions (%s) has no revision in common with %s, so no client can use it there; change one of them"
                        .formatted(
                                String.join(", ", offered.entry().protocolVersions()),
                                offered.contradicting().stream()
                                        .limit(MOST_EXTENSIONS)
                                        .map(extension -> "MCPGatewayExtension %s (%s)"
                                                .formatted(
                                                        extension.key(),
                                                        String.join(", ", extension.protocolVersions())))
                                        .collect(Collectors.joining(" and ")));
        boolean usable = offered.contradicting().size() < offered.extensions().size();
        return new Verdict(
                usable
                        ? verdict.ready().and(problem)
                        : Finding.unmet(ConditionType.READY, Reason.NO_PROTOCOL_VERSION, problem),
                verdict.resolved(),
                verdict.outcome(),
                verdict.pendingPods());
    }

    private static Verdict served(VirtualServer entry, UrlClaim claim, List<BrokerFleet> fleets) {
        List<List<VirtualServerStatus>> reported = new ArrayList<>();
        List<StatusReport> servers = new ArrayList<>();
        for (BrokerFleet fleet : fleets) {
            VirtualServer there = entry.at(claim.at(fleet.extension()));
            List<VirtualServerStatus> replicas = fleet.replicas().stream()
                    .flatMap(replica -> status(replica, there).stream())
                    .toList();
            if (replicas.size() < fleet.replicas().size()) {
                return notThere(entry, there, fleet);
            }
            reported.add(replicas);
            fleet.reports().forEach(servers::add);
        }
        SelectionOutcome outcome = SelectionOutcome.of(entry, reported, servers);
        return new Verdict(outcome.ready(), outcome.resolved(), outcome, List.of());
    }

    private static Verdict notThere(VirtualServer entry, VirtualServer there, BrokerFleet fleet) {
        List<String> pods = BrokerFleet.pods(fleet.replicas().stream()
                .filter(replica -> status(replica, there).isEmpty()));
        Verdict verdict = notReady(
                entry,
                "virtual server is not present in gateway yet (MCPGatewayExtension %s; not yet: %s)"
                        .formatted(fleet.extension(), BrokerFleet.named(pods)));
        return new Verdict(
                verdict.ready(),
                verdict.resolved(),
                verdict.outcome(),
                pods.stream()
                        .map(pod -> new ObjectKey(fleet.extension().namespace(), pod).toString())
                        .limit(MOST_PODS)
                        .toList());
    }

    /** A replica that runs an older version of the selection does not have it yet. */
    private static Optional<VirtualServerStatus> status(BrokerReplica replica, VirtualServer entry) {
        return switch (replica.answer()) {
            case BrokerReplica.Answer.Awaited _ -> Optional.empty();
            case BrokerReplica.Answer.Unreachable _ -> Optional.empty();
            case BrokerReplica.Answer.Reported(StatusReport report) ->
                report.virtualServer(entry.name()).filter(status -> isOf(entry, status));
        };
    }

    /** Brokers of earlier versions give no digest, and know of names only. */
    private static boolean isOf(VirtualServer entry, VirtualServerStatus status) {
        if (!status.digest().isEmpty()) {
            return status.digest().equals(ConfigYaml.digest(entry));
        }
        return status.shown().tools() + status.unknownTools().size()
                        == entry.tools().size()
                && entry.tools().containsAll(status.unknownTools());
    }

    /** Nothing is known to be served. */
    private static Verdict notReady(VirtualServer entry, String message) {
        return new Verdict(
                Finding.unmet(ConditionType.READY, Reason.NOT_READY, message),
                Finding.unmet(ConditionType.TOOLS_RESOLVED, Reason.PENDING, message),
                SelectionOutcome.unknown(entry),
                List.of());
    }
}
