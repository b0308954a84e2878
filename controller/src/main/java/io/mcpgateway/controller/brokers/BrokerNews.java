package io.mcpgateway.controller.brokers;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.controller.cluster.ReconcileQueue;
import io.mcpgateway.controller.cluster.Triggers;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which objects are reconciled when brokers report a change or a configuration was written. A change of one server
 * only concerns that server; only changes of the complete broker concern all.
 */
public final class BrokerNews implements BrokerStatusClient.Listener, ConfigSecretStore.Listener {
    private final Triggers triggers;
    private final ReconcileQueue queue;
    private final Deliveries deliveries;
    private final DeliveryWaits waits;

    public BrokerNews(Triggers triggers, ReconcileQueue queue, Deliveries deliveries, DeliveryWaits waits) {
        this.triggers = triggers;
        this.queue = queue;
        this.deliveries = deliveries;
        this.waits = waits;
    }

    @Override
    public void replicasChanged(String namespace) {
        triggers.brokersOf(namespace);
    }

    @Override
    public void answered(String namespace, BrokerReplica.Answer before, BrokerReplica.Answer after) {
        deliveries.reported(namespace);
        if (!(before instanceof BrokerReplica.Answer.Reported(StatusReport old)
                && after instanceof BrokerReplica.Answer.Reported(StatusReport now))) {
            triggers.brokersOf(namespace);
            return;
        }
        Set<ServerName> concerned = changed(essences(old), essences(now));
        if (!old.configHash().equals(now.configHash())) {
            concerned.addAll(waits.end(namespace));
            triggers.extensionsIn(namespace);
            triggers.everyVirtualServer();
        } else if (!old.virtualServers().equals(now.virtualServers()) || isExplainedOtherwise(old, now)) {
            triggers.everyVirtualServer();
        }
        if (!old.gatewayProblem().equals(now.gatewayProblem())
                || !old.unmatched().equals(now.unmatched())) {
            triggers.extensionsIn(namespace);
        }
        concerned.forEach(this::registration);
    }

    /** Virtual servers say why tools are missing that they name. */
    private static boolean isExplainedOtherwise(StatusReport old, StatusReport now) {
        boolean asked = now.virtualServers().stream()
                .anyMatch(selection -> !selection.reasons().isEmpty());
        return asked && !reasons(old).equals(reasons(now));
    }

    private static Map<ServerName, Set<ReasonCode>> reasons(StatusReport report) {
        return report.servers().stream()
                .collect(Collectors.toMap(
                        ServerStatus::name,
                        server -> server.reasons().stream().map(Reason::code).collect(Collectors.toSet()),
                        (first, _) -> first));
    }

    @Override
    public void written(String namespace, ConfigSecretStore.Written before, ConfigSecretStore.Written after) {
        deliveries.written(namespace, after.hash());
        waits.retain(namespace, after.servers().keySet());
        changed(before.servers(), after.servers()).forEach(this::registration);
        triggers.everyVirtualServer();
    }

    /** The servers of which one side knows something else than the other, or nothing. */
    private static <T> Set<ServerName> changed(Map<ServerName, T> before, Map<ServerName, T> after) {
        Set<ServerName> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }

    private void registration(ServerName name) {
        if (name.value().indexOf('/') > 0) {
            ObjectKey key = ObjectKey.parse(name.value());
            queue.registration(key);
        }
    }

    private static Map<ServerName, ServerStatus> essences(StatusReport report) {
        return report.servers().stream()
                .collect(Collectors.toMap(ServerStatus::name, ServerStatus::withoutLastValidated, (first, _) -> first));
    }
}
