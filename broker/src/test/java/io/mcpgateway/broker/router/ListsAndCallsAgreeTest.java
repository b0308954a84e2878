package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.catalog.AuthorizedTools;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ToolCatalog;
import io.mcpgateway.broker.catalog.ToolCatalog.ServedTool;
import io.mcpgateway.broker.catalog.ToolHints;
import io.mcpgateway.broker.catalog.ToolLists;
import io.mcpgateway.broker.catalog.ToolRoute;
import io.mcpgateway.broker.catalog.ToolView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ClientFeatures;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** For whatever view: what tools/list shows can be called, and nothing else can. */
class ListsAndCallsAgreeTest {
    private static final List<String> TOOLS = List.of("a", "b", "c", "p_a", "p_b");
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");
    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));

    private final Random random = new Random(20_261_123);

    @Test
    void everyListedToolIsCallableAndNoOtherIs() {
        int shown = 0;
        int hidden = 0;
        for (int round = 0; round < 2_000; round++) {
            ToolCatalog catalog = catalog();
            RouteTable table = table(catalog);
            GatewaySession session = session();
            RequestHeaders headers = headers();
            AuthorizedTools allowed = allowed();
            ToolView view = ToolView.resolve(ViewRequest.of(session, headers, allowed), table);
            Set<String> listed = listed(ToolLists.of(catalog).result(view));

            for (String tool : names(catalog)) {
                RouteDecision decision = ROUTER.decide(
                        new RequestHead("POST", "mcp.example.com", "/mcp", headers),
                        call(tool),
                        facts(session, allowed, table));
                assertThat(decision instanceof RouteDecision.CallBackend)
                        .as("round %d: %s of %s, listed %s", round, tool, view, listed)
                        .isEqualTo(listed.contains(tool));
                if (listed.contains(tool)) {
                    shown++;
                } else {
                    hidden++;
                }
            }
        }
        assertThat(shown).isGreaterThan(1_000);
        assertThat(hidden).isGreaterThan(1_000);
    }

    @Test
    void callersWithTheSameRightsShareOneListAndManyTokensDoNotGrowTheCache() {
        ToolCatalog catalog = catalog();
        RouteTable table = table(catalog);
        ToolLists lists = ToolLists.of(catalog);
        ToolView all = ToolView.resolve(
                ViewRequest.ofNewSession(RequestHeaders.EMPTY, new AuthorizedTools.Everything()), table);
        Map<String, Set<String>> everything =
                Map.of("ns/0", Set.copyOf(TOOLS), "ns/1", Set.copyOf(TOOLS), "ns/2", Set.copyOf(TOOLS));

        RawJson body = lists.result(all);
        for (int caller = 0; caller < 500; caller++) {
            Map<String, Set<String>> rights = new HashMap<>(everything);
            rights.put("other/" + caller, Set.of("x"));
            ToolView view = ToolView.resolve(
                    ViewRequest.ofNewSession(RequestHeaders.EMPTY, new AuthorizedTools.Only(rights)), table);
            assertThat(lists.result(view)).isSameAs(body);
        }
    }

    private ToolCatalog catalog() {
        TreeMap<String, ServedTool> tools = new TreeMap<>();
        for (int index = 0; index < 3; index++) {
            String prefix = List.of("", "p_", "q_").get(random.nextInt(3));
            ServerRoute server = new ServerRoute(
                    new ServerName("ns/" + index),
                    "s" + index + ".local",
                    "/mcp",
                    URI.create("http://s" + index + "/mcp"));
            for (String tool : some(TOOLS)) {
                String served = prefix + tool;
                RawJson json = RawJson.of("{\"name\":\"" + served + "\"}");
                tools.putIfAbsent(
                        served, new ServedTool(served, new ToolRoute(server, tool, ToolHints.UNSPECIFIED), json));
            }
        }
        return new ToolCatalog(tools, Map.of());
    }

    private RouteTable table(ToolCatalog catalog) {
        Map<String, ToolRoute> routes = new HashMap<>();
        catalog.tools().values().forEach(tool -> routes.put(tool.name(), tool.route()));
        return RouteTable.of(
                routes,
                Map.of(),
                List.of(
                        new VirtualServer("ns/vs", some(names(catalog))),
                        new VirtualServer("ns/empty", List.of()),
                        new VirtualServer("ns/other", some(List.of("p_a", "q_b", "c", "nowhere")))));
    }

    private AuthorizedTools allowed() {
        if (random.nextInt(4) == 0) {
            return new AuthorizedTools.Everything();
        }
        Map<String, Set<String>> tools = new HashMap<>();
        for (String server : some(List.of("ns/0", "ns/1", "ns/2", "ns/gone"))) {
            tools.put(server, new HashSet<>(some(TOOLS)));
        }
        return new AuthorizedTools.Only(tools);
    }

    private RequestHeaders headers() {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("content-type", List.of("application/json"));
        headers.put("mcp-session-id", List.of("token"));
        switch (random.nextInt(6)) {
            case 0 -> headers.put("x-mcp-virtualserver", List.of("ns/vs"));
            case 1 -> headers.put("x-mcp-virtualserver", List.of("ns/unknown"));
            case 2 -> headers.put("x-mcp-virtualserver", List.of("ns/vs", "ns/other"));
            default -> {}
        }
        return RequestHeaders.of(headers);
    }

    private GatewaySession session() {
        Optional<String> virtualServer = switch (random.nextInt(6)) {
            case 0 -> Optional.of("ns/vs");
            case 1 -> Optional.of("ns/other");
            case 2 -> Optional.of("ns/deleted");
            default -> Optional.empty();
        };
        return new GatewaySession(
                new GatewaySessionId("gateway-1"),
                Instant.parse("2026-11-24T00:00:00Z"),
                CallerBinding.ANONYMOUS,
                virtualServer,
                "2025-11-25",
                ClientFeatures.NONE);
    }

    private List<String> some(List<String> all) {
        List<String> chosen = new ArrayList<>();
        for (String one : all) {
            if (random.nextInt(3) > 0) {
                chosen.add(one);
            }
        }
        return chosen;
    }

    /** Every name that is served, and some that are not. */
    private static List<String> names(ToolCatalog catalog) {
        Set<String> names = new TreeSet<>(catalog.tools().keySet());
        names.addAll(TOOLS);
        return List.copyOf(names);
    }

    private static RouterFacts facts(GatewaySession session, AuthorizedTools allowed, RouteTable table) {
        return new RouterFacts(new SessionVerdict.Valid(session), new RouterTokenVerdict.Absent(), allowed, table);
    }

    private static RawJson call(String tool) {
        return RawJson.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\"}}");
    }

    private static Set<String> listed(RawJson result) {
        Set<String> names = new HashSet<>();
        Matcher matcher = NAME.matcher(result.toString());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
