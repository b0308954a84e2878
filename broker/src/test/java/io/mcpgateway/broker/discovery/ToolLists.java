package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;
import java.util.Map;

/** What a server lists, and what was learnt of it. */
final class ToolLists {
    private ToolLists() {}

    static DiscoveryEvent.Listed listed(Listing tools) {
        return new DiscoveryEvent.Listed(Map.of(CapabilityKind.TOOL, tools), Map.of());
    }

    static List<Definition> tools(ServerReport report) {
        return report.listing(CapabilityKind.TOOL).items();
    }

    static Listing tools(String... names) {
        StringBuilder json = new StringBuilder();
        for (String name : names) {
            json.append(json.isEmpty() ? "" : ",")
                    .append("{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}");
        }
        return parse("{\"tools\":[" + json + "]}");
    }

    static Listing parse(String json) {
        return Listing.join(
                CapabilityKind.TOOL, List.of((ListPage.Items) ListParser.parse(CapabilityKind.TOOL, RawJson.of(json))));
    }
}
