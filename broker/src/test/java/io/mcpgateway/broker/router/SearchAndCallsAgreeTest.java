package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.search.FindToolsCall;
import io.mcpgateway.broker.search.ToolSearcher;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** For whatever view: what a search finds can be called by its name, and nothing is found that cannot. */
class SearchAndCallsAgreeTest {
    private static final List<String> WORDS = List.of("send", "mail", "list", "file", "create", "ticket");
    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));

    private final Random random = new Random(20_261_201);
    private final List<ServerRoute> servers = IntStream.range(0, 3)
            .mapToObj(number -> new ServerRoute(
                    new ServerName("ns/" + number),
                    "s" + number + ".local",
                    "/mcp",
                    URI.create("http://s" + number + "/mcp")))
            .toList();

    @Test
    void everythingFoundIsCallableAndNothingElseIsFound() {
        int found = 0;
        int hidden = 0;
        for (int round = 0; round < 1_000; round++) {
            RouteTable table = table();
            ToolSearcher search = ToolSearcher.of(table);
            RequestHeaders headers = headers();
            Authorization allowed = allowed();
            CapabilityView view = CapabilityView.resolve(ViewRequest.of(session(), headers, allowed), table);
            Set<String> names = search.find(new FindToolsCall.Question(word() + " " + word(), 1_000), view).stream()
                    .map(Served::name)
                    .collect(Collectors.toSet());
            for (Served tool : table.everything().items(CapabilityKind.TOOL).toList()) {
                boolean callable = decision("tools/call", tool.name(), headers, allowed, table)
                        instanceof RouteDecision.CallServer;
                assertThat(callable || !names.contains(tool.name()))
                        .as("round %d: %s found by %s", round, tool.name(), view)
                        .isTrue();
                found += names.contains(tool.name()) ? 1 : 0;
                hidden += callable ? 0 : 1;
            }
            assertThat(decision("tools/call", "find_tools", headers, allowed, table) instanceof RouteDecision.ToBroker)
                    .as("find_tools is there if, and only if, tools are searched")
                    .isEqualTo(view.searchesTools());
        }
        assertThat(found).isGreaterThan(1_000);
        assertThat(hidden).isGreaterThan(1_000);
    }

    private RouteTable table() {
        Map<String, CapabilityRoute> tools = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            ServerRoute server = servers.get(random.nextInt(3));
            String own = random.nextInt(20) == 0 ? "find_tools" : word() + "_" + word();
            tools.putIfAbsent(own, new CapabilityRoute(CapabilityKind.TOOL, server, own, ToolHints.UNSPECIFIED));
        }
        List<String> some =
                tools.keySet().stream().filter(_ -> random.nextBoolean()).toList();
        return RouteTable.of(
                RoutesServed.of(Map.of(CapabilityKind.TOOL, tools)),
                servers,
                List.of(new VirtualServer("ns/vs", some).with(toolSearch())),
                List.of(),
                toolSearch(),
                Map.of(),
                false);
    }

    private ToolSearch toolSearch() {
        return new ToolSearch(
                random.nextInt(3) == 0
                        ? Optional.empty()
                        : Optional.of(random.nextInt(3) == 0 ? ToolSearch.Mode.OFF : ToolSearch.Mode.ON),
                List.of(word() + "_" + word()));
    }

    private Authorization allowed() {
        if (random.nextInt(3) == 0) {
            return Authorization.EVERYTHING;
        }
        Map<String, Set<String>> names = new HashMap<>();
        for (int server = 0; server < 3; server++) {
            Set<String> ofServer = new HashSet<>();
            WORDS.forEach(one -> WORDS.forEach(other -> {
                if (random.nextBoolean()) {
                    ofServer.add(one + "_" + other);
                }
            }));
            names.put("ns/" + server, ofServer);
        }
        return new Authorization(
                new AuthorizedNames.Only(names), new AuthorizedNames.Everything(), new AuthorizedNames.Everything());
    }

    private RequestHeaders headers() {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("content-type", List.of("application/json"));
        headers.put("mcp-session-id", List.of("token"));
        if (random.nextBoolean()) {
            headers.put("x-mcp-virtualserver", List.of("ns/vs"));
        }
        return RequestHeaders.of(headers);
    }

    private static RouteDecision decision(
            String method, String name, RequestHeaders headers, Authorization allowed, RouteTable table) {
        return ROUTER.decide(
                new RequestHead("POST", "mcp.example.com", "/mcp", headers),
                RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{\"name\":\"" + name
                        + "\",\"arguments\":{}}}"),
                new RouterFacts(
                        CallerBinding.ANONYMOUS,
                        new SessionVerdict.Valid(session()),
                        new RouterTokenVerdict.Absent(),
                        allowed,
                        table));
    }

    private static GatewaySession session() {
        return new GatewaySession(
                new GatewaySessionId("gateway-1"),
                Instant.parse("2026-11-24T00:00:00Z"),
                CallerBinding.ANONYMOUS,
                Optional.empty(),
                "2025-11-25",
                ClientFeatures.NONE);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
