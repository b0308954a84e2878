package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that routing looks up, immutable and consistent in itself.
 *
 * @param tools by served name
 * @param servers every enabled server, ready or not
 * @param virtualServers what each of them shows, by name
 */
public record RouteTable(
        Map<String, ToolRoute> tools, Map<ServerName, ServerRoute> servers, Map<String, ToolView.Only> virtualServers) {
    public static final RouteTable EMPTY = new RouteTable(Map.of(), Map.of(), Map.of());

    public RouteTable {
        tools = Map.copyOf(tools);
        servers = Map.copyOf(servers);
        virtualServers = Map.copyOf(virtualServers);
    }

    /** Of virtual servers with one name the last counts. */
    public static RouteTable of(
            Map<String, ToolRoute> tools, Map<ServerName, ServerRoute> servers, List<VirtualServer> virtualServers) {
        Map<String, ToolView.Only> views = new HashMap<>();
        for (VirtualServer virtualServer : virtualServers) {
            views.put(
                    virtualServer.name(),
                    new ToolView.Only(virtualServer.name(), new HashSet<>(virtualServer.tools())));
        }
        return new RouteTable(tools, servers, views);
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
