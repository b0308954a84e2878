package io.mcpgateway.broker.warmup;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server of each era with a few tools, and one with hundreds; all at one address, each with its own path. */
final class MadeUpServers {
    static final String PUBLIC_HOST = "warm-up.invalid";
    static final String LEGACY_PATH = "/legacy";
    static final String MODERN_PATH = "/modern";
    static final String LEGACY_TOOL = "legacy_tool";
    static final String MODERN_TOOL = "modern_tool";

    /** A virtual server with one tool: a short list. */
    static final String SHORT_LIST = "warm-up/short";

    static final int TOOLS = 10;

    private static final String LEGACY_REVISION = "2025-11-25";
    private static final int MANY = 300;

    private MadeUpServers() {}

    /** @param address where all of them are */
    static GatewaySnapshot served(GatewaySnapshot before, URI address) {
        McpServer legacy = server("legacy", address.resolve(LEGACY_PATH));
        McpServer modern = server("modern", address.resolve(MODERN_PATH));
        McpServer many = server("many", address.resolve("/many"));
        VirtualServer shortList = new VirtualServer(SHORT_LIST, List.of(LEGACY_TOOL + 0));
        ServerEras oldEra = ServerEras.legacy(LEGACY_REVISION, true);
        String modernRevision = ProtocolVersions.MODERN.getLast();
        return before.withConfig(new BrokerConfig(List.of(legacy, modern, many), List.of(shortList)), "warm-up")
                .withReport(report(legacy, LEGACY_REVISION, oldEra, TOOLS))
                .withReport(report(modern, modernRevision, ServerEras.modern(modernRevision), TOOLS))
                .withReport(report(many, LEGACY_REVISION, oldEra, MANY));
    }

    /** Of the legacy and the modern server; what is at any other is the broker's. */
    static boolean isHost(String authority) {
        return authority.endsWith("." + PUBLIC_HOST);
    }

    private static McpServer server(String name, URI url) {
        return new McpServer(
                new ServerName("warm-up/" + name),
                url,
                name + "." + PUBLIC_HOST,
                name + "_",
                Optional.empty(),
                UpstreamAuthorization.NONE,
                Optional.empty(),
                Optional.empty(),
                AnonymousSessions.PER_CALL,
                McpServer.State.ENABLED);
    }

    private static ServerReport report(McpServer server, String revision, ServerEras eras, int tools) {
        String list = IntStream.range(0, tools)
                .mapToObj("""
                    {"name":"tool%d","description":"Says again what it is told, for the warm-up of the gateway.",\
                    "inputSchema":{"type":"object","properties":{"text":{"type":"string"},"count":{"type":"integer"}},\
                    "required":["text"]}}"""::formatted)
                .collect(Collectors.joining(",", "{\"tools\":[", "]}"));
        ListPage.Items page = (ListPage.Items) ListParser.parse(CapabilityKind.TOOL, RawJson.of(list));
        return new ServerReport(
                server.name(),
                ServerReport.Phase.READY,
                "made up",
                Optional.of(new ServerReport.Agreed(
                        revision, eras, new ServerCapabilities(Set.of(Capability.TOOLS)), Instructions.NONE)),
                Listings.NONE.with(CapabilityKind.TOOL, Listing.join(CapabilityKind.TOOL, List.of(page))),
                Optional.empty());
    }
}
