package io.mcpgateway.broker.snapshot;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ToolCatalog;
import io.mcpgateway.broker.catalog.ToolCatalog.ServedTool;
import io.mcpgateway.broker.catalog.ToolLists;
import io.mcpgateway.broker.catalog.ToolRoute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything the process serves at one moment, consistent in itself.
 *
 * @param revision grows with every change; {@code /status?after=} waits for it
 * @param configHash of the configuration that runs
 * @param reports of the servers in {@code config}, by name
 * @param lists the {@code tools/list} results of {@code catalog}
 */
public record GatewaySnapshot(
        long revision,
        BrokerConfig config,
        String configHash,
        Map<ServerName, ServerReport> reports,
        ToolCatalog catalog,
        RouteTable table,
        ToolLists lists) {
    /** Before the first configuration. */
    public static final GatewaySnapshot EMPTY = new GatewaySnapshot(
            0, BrokerConfig.EMPTY, "", Map.of(), ToolCatalog.EMPTY, RouteTable.EMPTY, ToolLists.of(ToolCatalog.EMPTY));

    public GatewaySnapshot {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(configHash, "configHash");
        reports = java.util.Collections.unmodifiableMap(new TreeMap<>(reports));
        Objects.requireNonNull(catalog, "catalog");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(lists, "lists");
    }

    /** The same discovery results under another configuration; reports of servers that left are dropped. */
    public GatewaySnapshot withConfig(BrokerConfig next, String nextHash) {
        Map<ServerName, ServerReport> kept = new TreeMap<>();
        for (McpServer server : next.servers()) {
            if (server.enabled()) {
                kept.put(server.name(), reports.getOrDefault(server.name(), ServerReport.connecting(server.name())));
            }
        }
        return assemble(next, nextHash, kept);
    }

    /** A new report of one server; one of a server that left meanwhile changes nothing. */
    public GatewaySnapshot withReport(ServerReport report) {
        if (!reports.containsKey(report.server()) || report.equals(reports.get(report.server()))) {
            return this;
        }
        Map<ServerName, ServerReport> next = new TreeMap<>(reports);
        next.put(report.server(), report);
        return assemble(config, configHash, next);
    }

    /** Lists that were joined already are kept while the catalogue stays the same. */
    private GatewaySnapshot assemble(BrokerConfig config, String hash, Map<ServerName, ServerReport> reports) {
        ToolCatalog merged = ToolCatalog.merge(config, reports, catalog);
        boolean sameTools = merged.equals(catalog);
        Map<String, ToolRoute> tools = new LinkedHashMap<>();
        for (ServedTool tool : merged.tools().values()) {
            tools.put(tool.name(), tool.route());
        }
        Map<ServerName, ServerRoute> servers = new LinkedHashMap<>();
        for (McpServer server : config.servers()) {
            if (server.enabled()) {
                servers.put(server.name(), ServerRoute.of(server));
            }
        }
        return new GatewaySnapshot(
                revision + 1,
                config,
                hash,
                reports,
                merged,
                RouteTable.of(tools, servers, config.virtualServers()),
                sameTools ? lists : ToolLists.of(merged));
    }
}
