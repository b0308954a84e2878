package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that routing looks up, immutable and consistent in itself.
 *
 * @param tools by served name
 * @param servers every enabled server, ready or not
 * @param virtualServers by name
 */
public record RouteTable(
        Map<String, ToolRoute> tools, Map<ServerName, ServerRoute> servers, Map<String, VirtualServer> virtualServers) {
    public static final RouteTable EMPTY = new RouteTable(Map.of(), Map.of(), Map.of());

    public RouteTable {
        tools = Map.copyOf(tools);
        servers = Map.copyOf(servers);
        virtualServers = Map.copyOf(virtualServers);
    }

    public Optional<ToolRoute> tool(String servedName) {
        return Optional.ofNullable(tools.get(servedName));
    }

    public Optional<ServerRoute> serverByHostname(String hostname) {
        return servers.values().stream()
                .filter(server -> server.hostname().equalsIgnoreCase(hostname))
                .findFirst();
    }
}
