package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.ServerStatus.InvalidToolStatus;
import io.mcpgateway.api.contract.ServerStatus.NameConflict;
import io.mcpgateway.api.contract.ServerStatus.Totals;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Conflict;
import io.mcpgateway.broker.catalog.CapabilityKind;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the process serves, as the document that {@code /status} answers. Pure. */
public final class StatusMapping {
    private StatusMapping() {}

    public static StatusReport report(GatewaySnapshot snapshot, Instant now) {
        List<ServerStatus> servers = snapshot.config().servers().stream()
                .map(server -> status(snapshot, server))
                .toList();
        List<VirtualServerStatus> virtualServers = snapshot.config().virtualServers().stream()
                .map(virtualServer -> status(snapshot, virtualServer))
                .toList();
        return new StatusReport(snapshot.revision(), snapshot.configHash(), servers, virtualServers, now);
    }

    private static VirtualServerStatus status(GatewaySnapshot snapshot, VirtualServer virtualServer) {
        Set<String> selected = new LinkedHashSet<>(virtualServer.tools());
        List<String> unknown = selected.stream()
                .filter(tool -> !snapshot.catalog().of(CapabilityKind.TOOL).containsKey(tool))
                .toList();
        return new VirtualServerStatus(virtualServer.name(), selected.size() - unknown.size(), unknown);
    }

    private static ServerStatus status(GatewaySnapshot snapshot, McpServer server) {
        if (!server.enabled()) {
            ServerStatusText text = new ServerStatusText(false, Map.of(), "disabled by its registration");
            return status(server, text, Optional.empty(), List.of());
        }
        ServerReport report = snapshot.reports().getOrDefault(server.name(), ServerReport.connecting(server.name()));
        List<Conflict> conflicts = snapshot.catalog().conflictsOf(server.name());
        return status(server, ServerStatusText.of(report, conflicts), Optional.of(report), conflicts);
    }

    private static ServerStatus status(
            McpServer server, ServerStatusText text, Optional<ServerReport> report, List<Conflict> conflicts) {
        return new ServerStatus(
                server.id(),
                server.name(),
                server.state(),
                text.ready(),
                text.message(),
                report.flatMap(ServerReport::lastValidated),
                report.flatMap(ServerReport::protocolVersion),
                new Totals(
                        text.served(CapabilityKind.TOOL),
                        text.served(CapabilityKind.PROMPT),
                        text.served(CapabilityKind.RESOURCE),
                        text.served(CapabilityKind.RESOURCE_TEMPLATE)),
                conflicts.stream()
                        .map(conflict ->
                                new NameConflict(conflict.kind().noun(), conflict.servedName(), conflict.keptBy()))
                        .toList(),
                report.stream()
                        .flatMap(known -> known.listing(CapabilityKind.TOOL).invalid().stream())
                        .map(tool -> new InvalidToolStatus(tool.name(), List.of(tool.reason())))
                        .toList());
    }
}
