package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Servers with lists as they send them, merged as a broker merges them; the servers that come first are the older ones. */
public final class Offerings {
    private final Map<ServerName, McpServer> servers = new LinkedHashMap<>();
    private final Map<ServerName, ServerReport> reports = new LinkedHashMap<>();

    public Offerings server(String name, String prefix) {
        ServerName key = new ServerName(name);
        String host = name.replace('/', '-');
        servers.put(
                key,
                new McpServer(
                        key,
                        URI.create("http://" + host + "/mcp"),
                        host + ".mcp.local",
                        prefix,
                        Optional.empty(),
                        McpServer.State.ENABLED));
        reports.put(key, report(key, Listings.NONE));
        return this;
    }

    /** The list of the server that was named last, as JSON objects. */
    public Offerings list(CapabilityKind kind, List<String> items) {
        ServerName server = new ArrayList<>(servers.keySet()).getLast();
        String json = "{\"" + kind.listMember() + "\":[" + String.join(",", items) + "]}";
        ListPage.Items page = (ListPage.Items) ListParser.parse(kind, RawJson.of(json));
        Listings before = Objects.requireNonNull(reports.get(server)).listings();
        reports.put(server, report(server, before.with(kind, Listing.join(kind, List.of(page)))));
        return this;
    }

    /** Tools of the server that was named last, which say nothing of themselves. */
    public Offerings tools(String... names) {
        List<String> items = new ArrayList<>();
        for (String name : names) {
            items.add("{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}");
        }
        return list(CapabilityKind.TOOL, items);
    }

    public RouteTable table(VirtualServer... virtualServers) {
        List<McpServer> all = List.copyOf(servers.values());
        return RouteTable.of(
                CapabilityCatalog.merge(new BrokerConfig(all, List.of()), reports),
                all.stream().map(each -> ServerRoute.of(each, ServerEras.NONE)).toList(),
                List.of(virtualServers));
    }

    private static ServerReport report(ServerName server, Listings listings) {
        return new ServerReport(server, ServerReport.Phase.READY, "", Optional.empty(), listings, Optional.empty());
    }
}
