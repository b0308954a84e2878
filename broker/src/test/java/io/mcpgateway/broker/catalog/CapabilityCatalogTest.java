package io.mcpgateway.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.CacheHint;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityCatalogTest {
    private static final PageRequest FIRST = new PageRequest(CapabilityKind.TOOL, Optional.empty(), 1000);

    @Test
    void disabledServersAndServersWithoutReportOfferNothing() {
        McpServer on = server(1, McpServer.State.ENABLED);
        McpServer off = server(2, McpServer.State.DISABLED);
        McpServer silent = server(3, McpServer.State.ENABLED);

        CapabilityCatalog catalog = CapabilityCatalog.merge(
                config(on, off, silent), Map.of(on.name(), report(on, 2), off.name(), report(off, 2)));

        assertThat(catalog.of(CapabilityKind.TOOL).keySet()).containsExactly("s1_tool0", "s1_tool1");
    }

    @Test
    void conflictEndsWhenTheEarlierServerLeaves() {
        McpServer first = new McpServer(
                new ServerName("ns/a"), URI.create("http://a/mcp"), "a", "", Optional.empty(), McpServer.State.ENABLED);
        McpServer second = new McpServer(
                new ServerName("ns/b"), URI.create("http://b/mcp"), "b", "", Optional.empty(), McpServer.State.ENABLED);
        Map<ServerName, ServerReport> reports =
                Map.of(first.name(), report(first, 1), second.name(), report(second, 1));

        CapabilityCatalog both = CapabilityCatalog.merge(config(first, second), reports);
        CapabilityCatalog alone = CapabilityCatalog.merge(config(second), reports, both);

        assertThat(both.conflictsOf(second.name()))
                .containsExactly(new CapabilityCatalog.Conflict(CapabilityKind.TOOL, "tool0", new ServerName("ns/a")));
        assertThat(both.conflictsOf(first.name())).isEmpty();
        assertThat(alone.conflicts()).isEmpty();
        assertThat(alone.of(CapabilityKind.TOOL).values())
                .singleElement()
                .satisfies(tool -> assertThat(tool.route().server().name()).isEqualTo(second.name()));
    }

    @Test
    void whatDidNotChangeIsTakenOverAndTheRestIsNot() {
        McpServer one = server(1, McpServer.State.ENABLED);
        McpServer two = server(2, McpServer.State.ENABLED);
        ServerReport kept = report(one, 1);
        CapabilityCatalog before =
                CapabilityCatalog.merge(config(one, two), Map.of(one.name(), kept, two.name(), report(two, 1)));
        Map<ServerName, ServerReport> next = Map.of(one.name(), kept, two.name(), report(two, 2));

        CapabilityCatalog after = CapabilityCatalog.merge(config(one, two), next, before);

        assertThat(after).isEqualTo(CapabilityCatalog.merge(config(one, two), next));
        assertThat(after.of(CapabilityKind.TOOL).get("s1_tool0"))
                .isSameAs(before.of(CapabilityKind.TOOL).get("s1_tool0"));
        McpServer moved = new McpServer(
                one.name(), one.url(), "other.host", one.toolPrefix(), Optional.empty(), McpServer.State.ENABLED);
        assertThat(CapabilityCatalog.merge(config(moved), Map.of(one.name(), kept), before)
                        .of(CapabilityKind.TOOL)
                        .values())
                .allMatch(tool -> tool.route().server().hostname().equals("other.host"));
    }

    @Test
    void fiveHundredServersAreMergedQuicklyOnEachChange() {
        List<McpServer> servers = new ArrayList<>();
        Map<ServerName, ServerReport> reports = new LinkedHashMap<>();
        for (int number = 0; number < 500; number++) {
            McpServer server = server(number, McpServer.State.ENABLED);
            servers.add(server);
            reports.put(server.name(), report(server, 20));
        }
        BrokerConfig config = new BrokerConfig(servers, List.of());
        CapabilityCatalog catalog = CapabilityCatalog.merge(config, reports);
        assertThat(catalog.of(CapabilityKind.TOOL)).hasSize(10_000);

        for (int change = 0; change < 50; change++) {
            McpServer server = servers.get(change);
            reports.put(server.name(), report(server, 19));
            catalog = CapabilityCatalog.merge(config, reports, catalog);
        }

        assertThat(catalog.of(CapabilityKind.TOOL)).hasSize(9_950);
    }

    @Test
    void viewShowsItsToolsInOrder() {
        McpServer one = server(1, McpServer.State.ENABLED);
        CapabilityCatalog catalog = CapabilityCatalog.merge(config(one), Map.of(one.name(), report(one, 3)));

        assertThat(WholeList.of(CapabilityKind.TOOL, only(catalog, "v", "s1_tool2", "s1_tool0", "nope")))
                .hasToString("{\"tools\":[{\"name\":\"s1_tool0\",\"inputSchema\":{\"type\":\"object\"}},"
                        + "{\"name\":\"s1_tool2\",\"inputSchema\":{\"type\":\"object\"}}]}");
        assertThat(WholeList.of(CapabilityKind.TOOL, new CapabilityView.Refused("no")))
                .hasToString("{\"tools\":[]}");
    }

    @Test
    void listsAreJoinedOncePerViewAndKeysAreNotTrusted() {
        McpServer one = server(1, McpServer.State.ENABLED);
        CapabilityCatalog catalog = CapabilityCatalog.merge(config(one), Map.of(one.name(), report(one, 3)));
        CapabilityLists lists = CapabilityLists.empty();
        CapabilityView first = only(catalog, "same-key", "s1_tool0");
        CapabilityView second = only(catalog, "same-key", "s1_tool1");

        RawJson body = lists.result(FIRST, first);

        assertThat(lists.result(FIRST, only(catalog, "same-key", "s1_tool0"))).isSameAs(body);
        assertThat(lists.result(FIRST, second).toString()).contains("s1_tool1").doesNotContain("s1_tool0");
        assertThat(lists.result(FIRST, everything(catalog))).isSameAs(lists.result(FIRST, everything(catalog)));
        assertThat(lists.result(FIRST, new CapabilityView.Refused("no"))).hasToString("{\"tools\":[]}");
    }

    @Test
    void pagesThatFollowEachOtherAreKeptAndThoseOfMadeUpCursorsAreNot() {
        McpServer one = server(1, McpServer.State.ENABLED);
        CapabilityCatalog catalog = CapabilityCatalog.merge(config(one), Map.of(one.name(), report(one, 5)));
        CapabilityLists lists = CapabilityLists.empty();
        CapabilityView view = everything(catalog);

        for (String regular : List.of("s1_tool1", "s1_tool3")) {
            PageRequest page = new PageRequest(CapabilityKind.TOOL, Optional.of(regular), 2);
            assertThat(lists.result(page, view)).isSameAs(lists.result(page, view));
        }
        for (String madeUp : List.of("s1_tool0", "s1_tool2", "s1_tool3x", "a", "z")) {
            PageRequest page = new PageRequest(CapabilityKind.TOOL, Optional.of(madeUp), 2);
            assertThat(lists.result(page, view))
                    .isEqualTo(lists.result(page, view))
                    .isNotSameAs(lists.result(page, view));
        }
        assertThat(lists.result(new PageRequest(CapabilityKind.TOOL, Optional.of("s1_tool3"), 2), view))
                .hasToString("{\"tools\":[{\"name\":\"s1_tool4\",\"inputSchema\":{\"type\":\"object\"}}]}");
    }

    @Test
    void cacheOfListsIsBoundedInNumberAndBytes() {
        McpServer one = server(1, McpServer.State.ENABLED);
        CapabilityCatalog catalog = CapabilityCatalog.merge(config(one), Map.of(one.name(), report(one, 3)));
        CapabilityLists few = CapabilityLists.bounded(new CapabilityLists.Bounds(4, Long.MAX_VALUE));
        CapabilityLists small = CapabilityLists.bounded(new CapabilityLists.Bounds(100, 100));

        List<RawJson> first = new ArrayList<>();
        for (int key = 0; key < 20; key++) {
            first.add(few.result(FIRST, only(catalog, "v" + key, "s1_tool0")));
            small.result(FIRST, only(catalog, "v" + key, "s1_tool0"));
        }
        CapabilityLists signed = CapabilityLists.bounded(new CapabilityLists.Bounds(4, Long.MAX_VALUE));
        for (int caller = 0; caller < 20; caller++) {
            Map<String, Set<String>> rights =
                    Map.of(one.name().value(), Set.of("tool" + caller % 2, "of-caller-" + caller));
            assertThat(signed.result(
                            FIRST,
                            new CapabilityView.Authorized(
                                    everything(catalog),
                                    new Authorization(
                                            new AuthorizedNames.Only(rights),
                                            new AuthorizedNames.Everything(),
                                            new AuthorizedNames.Everything()))))
                    .hasToString("{\"tools\":[{\"name\":\"s1_tool" + caller % 2
                            + "\",\"inputSchema\":{\"type\":\"object\"}}]}");
        }

        for (int key = 19; key >= 16; key--) {
            assertThat(few.result(FIRST, only(catalog, "v" + key, "s1_tool0"))).isSameAs(first.get(key));
        }
        assertThat(few.result(FIRST, only(catalog, "v0", "s1_tool0"))).isNotSameAs(first.getFirst());
        // A list is larger than half of what is kept.
        CapabilityView shown = only(catalog, "one", "s1_tool0");
        RawJson kept = small.result(FIRST, shown);
        assertThat(small.result(FIRST, only(catalog, "other", "s1_tool0"))).isEqualTo(kept);
        assertThat(small.result(FIRST, shown)).isNotSameAs(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"tools\":{}}",
                "{\"tools\":null}",
                "{\"tools\":[],\"tools\":[]}",
                "{\"tools\":[]}x",
                "{\"tools\":[{]}",
                "{\"tools\":[{\"name\":\"a\"}",
                "\uFEFF{\"tools\":[]}",
            })
    void whatIsNoListIsUnreadable(String json) {
        assertThat(ListParser.parse(CapabilityKind.TOOL, RawJson.of(json))).isInstanceOf(ListPage.Unreadable.class);
    }

    @Test
    void deepSchemaDoesNotOverflowTheStack() {
        String deep = "{\"tools\":[{\"name\":\"a\",\"inputSchema\":" + "{\"a\":".repeat(100_000) + "1"
                + "}".repeat(100_000) + "}]}";

        assertThat(ListParser.parse(CapabilityKind.TOOL, RawJson.of(deep))).isInstanceOf(ListPage.Unreadable.class);
    }

    @Test
    void cursorIsReadAndAnEmptyOneEndsTheList() {
        assertThat(ListParser.parse(CapabilityKind.TOOL, RawJson.of("{\"nextCursor\":\"a\\u0062\",\"tools\":[]}")))
                .isEqualTo(new ListPage.Items(List.of(), List.of(), List.of(), Optional.of("ab"), CacheHint.NONE));
        assertThat(ListParser.parse(CapabilityKind.TOOL, RawJson.of("{\"nextCursor\":\"\",\"tools\":[]}")))
                .isEqualTo(new ListPage.Items(List.of(), List.of(), List.of(), Optional.empty(), CacheHint.NONE));
    }

    private static CapabilityView.Selected everything(CapabilityCatalog catalog) {
        return RouteTable.of(catalog, List.of(), List.of()).everything();
    }

    private static List<ServerRoute> servers(CapabilityCatalog catalog) {
        return catalog.offers().values().stream().map(ServerOffer::route).toList();
    }

    private static CapabilityView.Selected only(CapabilityCatalog catalog, String key, String... tools) {
        VirtualServer selection = new VirtualServer(key, List.of(tools));
        return Objects.requireNonNull(RouteTable.of(catalog, servers(catalog), List.of(selection))
                .virtualServers()
                .get(key));
    }

    private static BrokerConfig config(McpServer... servers) {
        return new BrokerConfig(List.of(servers), List.of());
    }

    private static McpServer server(int number, McpServer.State state) {
        return new McpServer(
                new ServerName("ns/s" + number),
                URI.create("http://s" + number + "/mcp"),
                "s" + number + ".mcp.local",
                "s" + number + "_",
                Optional.empty(),
                state);
    }

    private static ServerReport report(McpServer server, int tools) {
        StringBuilder json = new StringBuilder("{\"tools\":[");
        for (int number = 0; number < tools; number++) {
            json.append(number == 0 ? "" : ",")
                    .append("{\"name\":\"tool" + number + "\",\"inputSchema\":{\"type\":\"object\"}}");
        }
        ListPage.Items page = (ListPage.Items) ListParser.parse(CapabilityKind.TOOL, RawJson.of(json + "]}"));
        return new ServerReport(
                server.name(),
                ServerReport.Phase.READY,
                "",
                Optional.of(new ServerReport.Agreed("2025-11-25", ServerCapabilities.NONE, Instructions.NONE)),
                Listings.NONE.with(CapabilityKind.TOOL, new Listing(page.items(), page.invalid(), page.mended())),
                Optional.empty());
    }
}
