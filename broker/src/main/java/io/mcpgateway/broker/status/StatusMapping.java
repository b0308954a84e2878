package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.ServerStatus.DefinitionStatus;
import io.mcpgateway.api.contract.ServerStatus.DefinitionsStatus;
import io.mcpgateway.api.contract.ServerStatus.InvalidToolStatus;
import io.mcpgateway.api.contract.ServerStatus.NameConflict;
import io.mcpgateway.api.contract.ServerStatus.Totals;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Conflict;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.listing.NameRule;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.pinning.PinnedServer;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the process serves, as the document that {@code /status} answers. Pure. */
public final class StatusMapping {
    /** How many definitions are named in each list, so a server with many odd ones does not fill the document. */
    static final int MOST_NAMED = 50;

    private StatusMapping() {}

    public static StatusReport report(GatewaySnapshot snapshot, Instant now) {
        List<ServerStatus> servers = snapshot.config().servers().stream()
                .map(server -> status(snapshot, server))
                .toList();
        List<VirtualServerStatus> virtualServers = snapshot.config().virtualServers().stream()
                .flatMap(virtualServer ->
                        Optional.ofNullable(snapshot.table().selections().get(virtualServer.name())).stream())
                .map(SelectionStatus::of)
                .toList();
        return new StatusReport(
                snapshot.revision(),
                snapshot.configHash(),
                servers,
                virtualServers,
                now,
                snapshot.gatewayProblem(),
                unmatched(snapshot, servers));
    }

    /** Of the gateway's own pinned tools. As long as a server has not been heard for the first time, it may have them. */
    private static List<String> unmatched(GatewaySnapshot snapshot, List<ServerStatus> servers) {
        ToolSearch search = snapshot.config().toolSearch();
        if (!search.isOn(search) || servers.stream().anyMatch(ServerStatus::connecting)) {
            return List.of();
        }
        return search.pinnedTools().stream()
                .distinct()
                .filter(tool -> !snapshot.catalog().of(CapabilityKind.TOOL).containsKey(tool))
                .map(tool -> "pinned tool " + tool)
                .limit(MOST_NAMED)
                .toList();
    }

    private static ServerStatus status(GatewaySnapshot snapshot, McpServer server) {
        if (!server.enabled()) {
            ServerStatusText text = new ServerStatusText(false, Map.of(), "disabled by its registration");
            return status(server, text, Optional.empty(), List.of());
        }
        ServerReport report = snapshot.reports().getOrDefault(server.name(), ServerReport.connecting(server.name()));
        List<Conflict> conflicts = snapshot.catalog().conflictsOf(server.name());
        return status(server, ServerStatusText.of(report, conflicts), Optional.of(report), conflicts)
                .with(Optional.ofNullable(snapshot.pinned().get(server.name())).flatMap(PinnedServer::status));
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
                report.map(known -> known.eras().versions()).orElse(List.of()),
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
                        .limit(MOST_NAMED)
                        .map(tool -> new InvalidToolStatus(tool.name(), tool.reasons()))
                        .toList(),
                report.map(ServerReport::listings)
                        .map(listings -> definitions(server, listings))
                        .orElse(DefinitionsStatus.NONE),
                report.flatMap(ServerReport::refusedSince),
                Optional.empty(),
                report.flatMap(ServerReport::failure),
                report.filter(known -> known.phase() == ServerReport.Phase.CONNECTING)
                        .isPresent());
    }

    private static DefinitionsStatus definitions(McpServer server, Listings listings) {
        List<DefinitionStatus> leftOut = new ArrayList<>();
        List<DefinitionStatus> mended = new ArrayList<>();
        int totalLeftOut = 0;
        int totalMended = 0;
        List<DefinitionStatus> doubtful = doubtful(server, listings);
        for (CapabilityKind kind : CapabilityKind.values()) {
            Listing listing = listings.of(kind);
            totalLeftOut += listing.invalid().size();
            totalMended += listing.mended().size();
            if (kind != CapabilityKind.TOOL) {
                listing.invalid().stream()
                        .limit(MOST_NAMED - leftOut.size())
                        .map(item -> new DefinitionStatus(kind.noun(), item.name(), item.reasons()))
                        .forEach(leftOut::add);
            }
            listing.mended().stream()
                    .limit(MOST_NAMED - mended.size())
                    .map(item -> new DefinitionStatus(kind.noun(), item.name(), item.changes()))
                    .forEach(mended::add);
        }
        return new DefinitionsStatus(
                totalLeftOut,
                leftOut,
                totalMended,
                mended,
                doubtful.size(),
                doubtful.stream().limit(MOST_NAMED).toList());
    }

    private static List<DefinitionStatus> doubtful(McpServer server, Listings listings) {
        List<DefinitionStatus> doubtful = new ArrayList<>();
        for (CapabilityKind kind : List.of(CapabilityKind.TOOL, CapabilityKind.PROMPT)) {
            for (Definition item : listings.of(kind).items()) {
                String name = server.toolPrefix() + item.key().value();
                NameRule.warning(name)
                        .ifPresent(warning -> doubtful.add(new DefinitionStatus(kind.noun(), name, List.of(warning))));
            }
        }
        return doubtful;
    }
}
