package io.mcpgateway.broker.pinning;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;
import java.util.Optional;

/** Servers that answer, with tools as they send them. */
public final class Reports {
    private Reports() {}

    public static ServerReport of(ServerName server, List<String> tools) {
        RawJson json = RawJson.of("{\"tools\":[" + String.join(",", tools) + "]}");
        ListPage.Items page = (ListPage.Items) ListParser.parse(CapabilityKind.TOOL, json);
        Listings listings = Listings.NONE.with(CapabilityKind.TOOL, Listing.join(CapabilityKind.TOOL, List.of(page)));
        return new ServerReport(
                server,
                ServerReport.Phase.READY,
                ServerStatusText.added(listings),
                Optional.empty(),
                listings,
                Optional.empty());
    }
}
