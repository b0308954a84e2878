package io.mcpgateway.controller.cluster;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.controller.delivery.BrokerReplica;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who must look again when brokers report something else or a configuration was written. A change of one server
 * concerns that server alone; only what concerns all of a broker asks for all.
 */
final class BrokerNews implements BrokerStatusClient.Listener, ConfigSecretStore.Listener {
    private final Triggers triggers;
    private final ReconcileQueue queue;
    private final Deliveries deliveries;

    BrokerNews(Triggers triggers, ReconcileQueue queue, Deliveries deliveries) {
        this.triggers = triggers;
        this.queue = queue;
        this.deliveries = deliveries;
    }

    @Override
    public void replicasChanged(String namespace) {
        triggers.brokersOf(namespace);
    }

    @Override
    public void answered(String namespace, BrokerReplica.Answer before, BrokerReplica.Answer after) {
        deliveries.reported(namespace);
        if (before instanceof BrokerReplica.Answer.Reported(StatusReport old)
                && after instanceof BrokerReplica.Answer.Reported(StatusReport now)
                && old.configHash().equals(now.configHash())) {
            changed(old, now);
            return;
        }
        triggers.brokersOf(namespace);
    }

    @Override
    public void written(String namespace, ConfigSecretStore.Written before, ConfigSecretStore.Written after) {
        deliveries.written(namespace, after.hash());
        Set<ServerName> names = new TreeSet<>();
        before.config().servers().stream().map(McpServer::name).forEach(names::add);
        after.config().servers().stream().map(McpServer::name).forEach(names::add);
        names.stream()
                .filter(name -> !before.server(name).equals(after.server(name)))
                .forEach(this::registration);
        triggers.everyVirtualServer();
    }

    private void changed(StatusReport old, StatusReport now) {
        Set<ServerName> names = new TreeSet<>();
        old.servers().forEach(server -> names.add(server.name()));
        now.servers().forEach(server -> names.add(server.name()));
        names.stream()
                .filter(name -> !essence(old, name).equals(essence(now, name)))
                .forEach(this::registration);
        if (!old.virtualServers().equals(now.virtualServers())) {
            triggers.everyVirtualServer();
        }
    }

    private void registration(ServerName name) {
        if (name.value().indexOf('/') > 0) {
            ObjectKey key = ObjectKeys.parse(name.value());
            queue.registration(key);
        }
    }

    /** Without the time of the last check, which changes with every ping. */
    private static Optional<ServerStatus> essence(StatusReport report, ServerName name) {
        Function<ServerStatus, ServerStatus> timeless = server -> new ServerStatus(
                server.id(),
                server.name(),
                server.state(),
                server.ready(),
                server.message(),
                Optional.empty(),
                server.protocolVersion(),
                server.totals(),
                server.conflicts(),
                server.invalidTools(),
                server.definitions(),
                server.credentialRefusedSince());
        return report.server(Objects.requireNonNull(name)).map(timeless);
    }
}
