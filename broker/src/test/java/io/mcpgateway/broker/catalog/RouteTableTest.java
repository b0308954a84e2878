package io.mcpgateway.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Conflict;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.InvalidDefinition;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prompts and resources: whose they are, and what a view leaves of them. */
class RouteTableTest {
    private static final McpServer OLD = server("old", "o_");
    private static final McpServer YOUNG = server("young", "y_");

    private final Map<ServerName, ServerReport> reports = new LinkedHashMap<>();

    @Test
    void promptsGetThePrefixAndNothingElseOfThemChanges() {
        report(OLD, CapabilityKind.PROMPT, "{\"arguments\":[{\"name\":\"x\",\"big\":1e400}],\"name\" : \"greet\" }");

        assertThat(WholeList.of(CapabilityKind.PROMPT, all()))
                .hasToString(
                        "{\"prompts\":[{\"arguments\":[{\"name\":\"x\",\"big\":1e400}],\"name\" : \"o_greet\" }]}");
        assertThat(all().find(CapabilityKind.PROMPT, "o_greet")
                        .orElseThrow()
                        .route()
                        .ownName())
                .isEqualTo("greet");
    }

    @Test
    void resourcesAreListedAsTheyCameAndOfAClashTheOlderServerWins() {
        report(OLD, CapabilityKind.RESOURCE, "{\"uri\":\"file:///a\",\"name\":\"of old\"}");
        report(
                YOUNG,
                CapabilityKind.RESOURCE,
                "{\"uri\":\"file:///b\",\"size\":1234567890123456789,\"name\":\"n\"}",
                "{\"uri\":\"file:///a\",\"name\":\"n\"}");

        assertThat(WholeList.of(CapabilityKind.RESOURCE, all()))
                .hasToString("{\"resources\":[{\"uri\":\"file:///a\",\"name\":\"of old\"},"
                        + "{\"uri\":\"file:///b\",\"size\":1234567890123456789,\"name\":\"n\"}]}");
        assertThat(reader("file:///a", all())).contains("ns/old");
        assertThat(reader("file:///b", all())).contains("ns/young");
        assertThat(catalog().conflictsOf(YOUNG.name()))
                .containsExactly(new Conflict(CapabilityKind.RESOURCE, "file:///a", OLD.name()));
    }

    @Test
    void aClashOfUrisIsReportedButMakesNoServerUnready() {
        report(OLD, CapabilityKind.RESOURCE, "{\"uri\":\"file:///a\",\"name\":\"n\"}");
        report(
                YOUNG,
                CapabilityKind.RESOURCE,
                "{\"uri\":\"file:///a\",\"name\":\"n\"}",
                "{\"uri\":\"file:///b\",\"name\":\"n\"}");

        ServerStatusText status = ServerStatusText.of(
                Objects.requireNonNull(reports.get(YOUNG.name())), catalog().conflictsOf(YOUNG.name()));

        assertThat(status.ready()).isTrue();
        assertThat(status.served(CapabilityKind.RESOURCE)).isEqualTo(1);
        assertThat(status.message())
                .isEqualTo("conflicting resources discovered: file:///a is already served by ns/old."
                        + " ns/young serves 1 of its 2 resources");
    }

    @Test
    void aListedResourceComesBeforeTemplatesAndTheMostSpecificTemplateBeforeOthers() {
        report(
                OLD,
                CapabilityKind.RESOURCE_TEMPLATE,
                "{\"uriTemplate\":\"doc://{+path}\",\"name\":\"n\"}",
                "{\"uriTemplate\":\"doc://{a}/{b}\",\"name\":\"n\"}");
        report(YOUNG, CapabilityKind.RESOURCE_TEMPLATE, "{\"uriTemplate\":\"doc://api/{page}\",\"name\":\"n\"}");
        report(YOUNG, CapabilityKind.RESOURCE, "{\"uri\":\"doc://x\",\"name\":\"n\"}");

        assertThat(reader("doc://x", all())).contains("ns/young");
        assertThat(reader("doc://api/start", all())).contains("ns/young");
        assertThat(reader("doc://guide/start", all())).contains("ns/old");
        assertThat(table().resource("doc://guide/start", all()).orElseThrow().ownName())
                .isEqualTo("doc://{a}/{b}");
        assertThat(reader("other://x", all())).isEmpty();
    }

    @Test
    void ofEquallySpecificTemplatesThatOfTheOlderServerIsTaken() {
        report(YOUNG, CapabilityKind.RESOURCE_TEMPLATE, "{\"uriTemplate\":\"a://{x}\",\"name\":\"n\"}");
        report(OLD, CapabilityKind.RESOURCE_TEMPLATE, "{\"uriTemplate\":\"a://{y}\",\"name\":\"n\"}");

        assertThat(reader("a://1", all())).contains("ns/old");
    }

    @Test
    void aHiddenResourceIsNotFoundThroughATemplateOfItsServer() {
        report(OLD, CapabilityKind.RESOURCE_TEMPLATE, "{\"uriTemplate\":\"a://{x}\",\"name\":\"n\"}");
        report(OLD, CapabilityKind.RESOURCE, "{\"uri\":\"a://secret\",\"name\":\"n\"}");
        CapabilityView view = new CapabilityView.Authorized(
                all(),
                new Authorization(
                        new AuthorizedNames.Everything(),
                        new AuthorizedNames.Everything(),
                        new AuthorizedNames.Only(Map.of("ns/old", Set.of("a://{x}")))));

        assertThat(reader("a://other", view)).contains("ns/old");
        assertThat(reader("a://secret", view)).isEmpty();
    }

    /** MCP Apps, "Resource Discovery": servers may omit such resources from their lists. */
    @Test
    void aUserInterfaceOfAToolIsReadAtItsServerEvenIfItIsNotListed() {
        report(OLD, CapabilityKind.TOOL, tool("tool", "{\"ui\":{\"x\":1,\"resourceUri\":\"ui://old/view\"}}"));
        report(
                YOUNG,
                CapabilityKind.TOOL,
                tool("tool", "{\"ui/resourceUri\":\"ui://young/view\"}"),
                tool("other", "{\"ui\":{\"resourceUri\":\"file:///etc/passwd\"}}"),
                tool("odd", "{\"ui\":{\"resourceUri\":7},\"x\":{\"ui\":{\"resourceUri\":\"ui://odd\"}}}"),
                tool("listed", "{\"ui\":{\"resourceUri\":\"ui://old/listed\"}}"));
        report(OLD, CapabilityKind.RESOURCE, "{\"uri\":\"ui://old/listed\",\"name\":\"n\"}");

        assertThat(reader("ui://old/view", all())).contains("ns/old");
        assertThat(reader("ui://young/view", all())).contains("ns/young");
        assertThat(reader("ui://old/listed", all())).contains("ns/old");
        assertThat(reader("file:///etc/passwd", all())).isEmpty();
        assertThat(reader("ui://odd", all())).isEmpty();
        assertThat(reader("ui://young/view", virtualServer("ns/vs"))).contains("ns/young");
        assertThat(reader("ui://old/view", virtualServer("ns/vs"))).isEmpty();
    }

    @Test
    void aUserInterfaceIsHiddenWithItsToolAndByARuleForResources() {
        report(OLD, CapabilityKind.TOOL, tool("tool", "{\"ui\":{\"resourceUri\":\"ui://old/view\"}}"));
        AuthorizedNames everything = new AuthorizedNames.Everything();
        AuthorizedNames nothing = AuthorizedNames.Only.NOTHING;
        AuthorizedNames view = new AuthorizedNames.Only(Map.of("ns/old", Set.of("ui://old/view")));

        assertThat(reader("ui://old/view", authorized(everything, everything))).contains("ns/old");
        assertThat(reader("ui://old/view", authorized(everything, view))).contains("ns/old");
        assertThat(reader("ui://old/view", authorized(nothing, everything))).isEmpty();
        assertThat(reader("ui://old/view", authorized(everything, nothing))).isEmpty();
    }

    private CapabilityView authorized(AuthorizedNames tools, AuthorizedNames resources) {
        return new CapabilityView.Authorized(
                all(), new Authorization(tools, new AuthorizedNames.Everything(), resources));
    }

    private static String tool(String name, String meta) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"},\"_meta\":" + meta + "}";
    }

    @Test
    void aVirtualServerShowsResourcesOfTheServersWhoseToolsItSelects() {
        report(OLD, CapabilityKind.RESOURCE, "{\"uri\":\"a://old\",\"name\":\"n\"}");
        report(YOUNG, CapabilityKind.RESOURCE, "{\"uri\":\"a://young\",\"name\":\"n\"}");
        report(YOUNG, CapabilityKind.TOOL, "{\"name\":\"tool\",\"inputSchema\":{\"type\":\"object\"}}");
        CapabilityView view = virtualServer("ns/vs");

        assertThat(reader("a://young", view)).contains("ns/young");
        assertThat(reader("a://old", view)).isEmpty();
        assertThat(WholeList.of(CapabilityKind.RESOURCE, view))
                .hasToString("{\"resources\":[{\"uri\":\"a://young\",\"name\":\"n\"}]}");
    }

    @Test
    void aVirtualServerRestrictsPromptsOnlyIfItNamesSome() {
        report(OLD, CapabilityKind.PROMPT, "{\"name\":\"p\"}");
        report(YOUNG, CapabilityKind.PROMPT, "{\"name\":\"p\"}", "{\"name\":\"q\"}");
        report(OLD, CapabilityKind.RESOURCE, "{\"uri\":\"a://old\",\"name\":\"n\"}");

        assertThat(WholeList.of(CapabilityKind.PROMPT, virtualServer("ns/vs")))
                .hasToString("{\"prompts\":[{\"name\":\"o_p\"},{\"name\":\"y_p\"},{\"name\":\"y_q\"}]}");
        assertThat(WholeList.of(CapabilityKind.PROMPT, virtualServer("ns/prompts")))
                .hasToString("{\"prompts\":[{\"name\":\"o_p\"}]}");
        assertThat(reader("a://old", virtualServer("ns/prompts"))).contains("ns/old");
        assertThat(reader("a://old", virtualServer("ns/vs"))).isEmpty();
    }

    @Test
    void itemsThatCannotBeServedAreNamedWithTheReason() {
        ListPage.Items prompts = (ListPage.Items) ListParser.parse(
                CapabilityKind.PROMPT,
                RawJson.of("{\"prompts\":[{\"name\":\"a\"},{\"title\":\"b\"},{\"name\":7},\"x\"]}"));
        ListPage.Items templates = (ListPage.Items)
                ListParser.parse(
                        CapabilityKind.RESOURCE_TEMPLATE,
                        RawJson.of(
                                "{\"resourceTemplates\":[{\"uriTemplate\":\"a:{x\",\"name\":\"n\"},{\"uriTemplate\":\"a:{x}\",\"name\":\"n\"}]}"));

        assertThat(prompts.items()).hasSize(1);
        assertThat(prompts.invalid())
                .containsExactly(
                        new InvalidDefinition("prompt 2", "it has no name"),
                        new InvalidDefinition("prompt 3", "its name is not a string"),
                        new InvalidDefinition("prompt 4", "not an object"));
        assertThat(templates.items()).hasSize(1);
        assertThat(templates.invalid())
                .containsExactly(new InvalidDefinition("a:{x", "its uriTemplate is not a valid RFC 6570 template"));
    }

    private Optional<String> reader(String uri, CapabilityView view) {
        return table().resource(uri, view).map(route -> route.server().name().value());
    }

    private CapabilityView.Selected all() {
        return table().everything();
    }

    private CapabilityView virtualServer(String name) {
        return Objects.requireNonNull(table().virtualServers().get(name));
    }

    private CapabilityCatalog catalog() {
        return CapabilityCatalog.merge(new BrokerConfig(List.of(OLD, YOUNG), List.of()), reports);
    }

    private RouteTable table() {
        return RouteTable.of(
                catalog(),
                List.of(ServerRoute.of(OLD, ServerEras.NONE), ServerRoute.of(YOUNG, ServerEras.NONE)),
                List.of(
                        new VirtualServer("ns/vs", List.of("y_tool")),
                        new VirtualServer("ns/prompts", List.of("nowhere"), List.of("o_p"))));
    }

    private void report(McpServer server, CapabilityKind kind, String... items) {
        ServerReport known = reports.getOrDefault(server.name(), ServerReport.connecting(server.name()));
        reports.put(server.name(), withList(known, kind, items));
    }

    private static ServerReport withList(ServerReport before, CapabilityKind kind, String... items) {
        String json = "{\"" + kind.listMember() + "\":[" + String.join(",", items) + "]}";
        ListPage.Items page = (ListPage.Items) ListParser.parse(kind, RawJson.of(json));
        Listings listings = before.listings().with(kind, Listing.join(kind, List.of(page)));
        return new ServerReport(
                before.server(),
                ServerReport.Phase.READY,
                ServerStatusText.added(listings),
                Optional.empty(),
                listings,
                Optional.empty());
    }

    private static McpServer server(String name, String prefix) {
        return new McpServer(
                new ServerName("ns/" + name),
                URI.create("http://" + name + "/mcp"),
                name + ".mcp.local",
                prefix,
                Optional.empty(),
                McpServer.State.ENABLED);
    }
}
