package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.ServerStatus.InvalidToolStatus;
import io.mcpgateway.api.contract.ServerStatus.NameConflict;
import io.mcpgateway.api.contract.ServerStatus.Totals;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.catalog.ToolCatalog.Conflict;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the process serves, as the document that {@code /status} answers. Pure. */
public final class StatusMapping {
    private static final int NAMES_IN_MESSAGE = 5;

    private StatusMapping() {}

    public static StatusReport report(GatewaySnapshot snapshot, Instant now) {
        Map<ServerName, Integer> served = new LinkedHashMap<>();
        snapshot.catalog()
                .tools()
                .values()
                .forEach(tool -> served.merge(tool.route().server().name(), 1, Integer::sum));
        List<ServerStatus> servers = snapshot.config().servers().stream()
                .map(server -> status(snapshot, server, served.getOrDefault(server.name(), 0)))
                .toList();
        return new StatusReport(snapshot.revision(), snapshot.configHash(), servers, now);
    }

    private static ServerStatus status(GatewaySnapshot snapshot, McpServer server, int servedTools) {
        if (!server.enabled()) {
            return status(server, false, "disabled by its registration", Optional.empty(), 0, List.of());
        }
        ServerReport report = snapshot.reports().getOrDefault(server.name(), ServerReport.connecting(server.name()));
        List<Conflict> conflicts = snapshot.catalog().conflicts().getOrDefault(server.name(), List.of());
        boolean ready = report.phase() == Phase.READY && conflicts.isEmpty();
        String message = conflicts.isEmpty() ? report.message() : conflictMessage(server, report, conflicts);
        return status(server, ready, message, Optional.of(report), servedTools, conflicts);
    }

    private static ServerStatus status(
            McpServer server,
            boolean ready,
            String message,
            Optional<ServerReport> report,
            int servedTools,
            List<Conflict> conflicts) {
        return new ServerStatus(
                server.id(),
                server.name(),
                server.state(),
                ready,
                message,
                report.flatMap(ServerReport::lastValidated),
                report.flatMap(ServerReport::protocolVersion),
                new Totals(servedTools, 0, 0),
                conflicts.stream()
                        .map(conflict -> new NameConflict(conflict.servedName(), conflict.keptBy()))
                        .toList(),
                report.stream()
                        .flatMap(known -> known.invalidTools().stream())
                        .map(tool -> new InvalidToolStatus(tool.name(), List.of(tool.reason())))
                        .toList());
    }

    private static String conflictMessage(McpServer server, ServerReport report, List<Conflict> conflicts) {
        String names = conflicts.stream()
                .limit(NAMES_IN_MESSAGE)
                .map(conflict -> "'" + conflict.servedName() + "' (kept by " + conflict.keptBy() + ")")
                .collect(Collectors.joining(", "));
        int more = conflicts.size() - NAMES_IN_MESSAGE;
        return "tool name conflict: " + server.name() + " cannot serve " + names
                + (more > 0 ? " and " + more + " more" : "") + "; give it another toolPrefix. Server: "
                + report.message();
    }
}
