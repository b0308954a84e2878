package io.mcpgateway.broker.snapshot;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.CapabilityLists;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.pinning.PinnedServer;
import io.mcpgateway.broker.search.ToolSearcher;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything the process serves at one moment, consistent in itself.
 *
 * @param revision grows with every change; {@code /status?after=} waits for it
 * @param configHash of the configuration that runs
 * @param pinned what discovery found on the servers in {@code config}, and what may be served of it
 * @param reports of these servers, with nothing but what may be served
 * @param lists the lists of {@code catalog}, as clients get them
 * @param search finds tools of {@code table}
 * @param gatewayProblem why the broker cannot use the gateway's own listener, if it knows that it cannot
 */
public record GatewaySnapshot(
        long revision,
        BrokerConfig config,
        String configHash,
        Map<ServerName, PinnedServer> pinned,
        Map<ServerName, ServerReport> reports,
        CapabilityCatalog catalog,
        RouteTable table,
        CapabilityLists lists,
        ToolSearcher search,
        Optional<String> gatewayProblem) {
    /** Before the first configuration. */
    public static final GatewaySnapshot EMPTY = new GatewaySnapshot(
            0,
            BrokerConfig.EMPTY,
            "",
            Map.of(),
            Map.of(),
            CapabilityCatalog.EMPTY,
            RouteTable.EMPTY,
            CapabilityLists.empty(),
            ToolSearcher.of(RouteTable.EMPTY),
            Optional.empty());

    public GatewaySnapshot {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(configHash, "configHash");
        pinned = Collections.unmodifiableMap(new TreeMap<>(pinned));
        reports = Collections.unmodifiableMap(new TreeMap<>(reports));
        Objects.requireNonNull(catalog, "catalog");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(lists, "lists");
        Objects.requireNonNull(search, "search");
        Objects.requireNonNull(gatewayProblem, "gatewayProblem");
    }

    /** The same discovery results under another configuration; reports of servers that left are dropped. */
    public GatewaySnapshot withConfig(BrokerConfig next, String nextHash) {
        Map<ServerName, PinnedServer> kept = new TreeMap<>();
        for (McpServer server : next.servers()) {
            if (server.enabled()) {
                PinnedServer known = pinned.get(server.name());
                kept.put(
                        server.name(),
                        known == null
                                ? PinnedServer.of(ServerReport.connecting(server.name()), server.pinning())
                                : known.next(known.discovered(), server.pinning()));
            }
        }
        return assemble(next, nextHash, kept);
    }

    /** A new report of one server; one of a server that left meanwhile changes nothing. */
    public GatewaySnapshot withReport(ServerReport report) {
        PinnedServer known = pinned.get(report.server());
        if (known == null || report.equals(known.discovered())) {
            return this;
        }
        Map<ServerName, PinnedServer> next = new TreeMap<>(pinned);
        next.put(report.server(), known.next(report, known.pinning()));
        return assemble(config, configHash, next);
    }

    /** The servers that have neither answered nor failed yet. */
    public List<ServerName> unheard() {
        return reports.values().stream()
                .filter(report -> report.phase() == ServerReport.Phase.CONNECTING)
                .map(ServerReport::server)
                .toList();
    }

    /** Whether a server that has answered says that it has this. */
    public boolean declares(ServerName server, Capability capability) {
        ServerReport report = reports.get(server);
        return report != null && report.capabilities().has(capability);
    }

    /** What was found about the gateway's own listener. */
    public GatewaySnapshot withGatewayProblem(Optional<String> problem) {
        return problem.equals(gatewayProblem)
                ? this
                : new GatewaySnapshot(
                        revision + 1, config, configHash, pinned, reports, catalog, table, lists, search, problem);
    }

    /** Lists that were joined already are kept while the catalogue stays the same. */
    private GatewaySnapshot assemble(BrokerConfig config, String hash, Map<ServerName, PinnedServer> pinned) {
        Map<ServerName, ServerReport> reports = new TreeMap<>();
        pinned.forEach((name, server) -> reports.put(name, server.served()));
        CapabilityCatalog merged = CapabilityCatalog.merge(config, reports, catalog);
        boolean sameItems = merged.equals(catalog);
        List<ServerRoute> servers = config.servers().stream()
                .filter(McpServer::enabled)
                .map(server -> ServerRoute.of(
                        server,
                        reports.getOrDefault(server.name(), ServerReport.connecting(server.name()))
                                .eras()))
                .toList();
        RouteTable next = RouteTable.of(
                merged,
                servers,
                config.virtualServers(),
                config.protocolVersions(),
                config.toolSearch(),
                table.selections(),
                sameItems);
        return new GatewaySnapshot(
                revision + 1,
                config,
                hash,
                pinned,
                reports,
                merged,
                next,
                sameItems ? lists : CapabilityLists.empty(),
                search.next(next),
                gatewayProblem);
    }
}
