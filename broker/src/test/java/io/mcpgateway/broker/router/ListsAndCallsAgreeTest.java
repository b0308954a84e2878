package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.CapabilityLists;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.PageRequest;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.url.Chosen;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
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

/** For whatever view: what a list shows can be used, by every method, and nothing else can. */
class ListsAndCallsAgreeTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "p_a", "p_b");
    private static final List<String> URIS = List.of("r:a", "r:b", "r:c");
    private static final List<String> TEMPLATES = List.of("t:{id}", "u:x/{id}", "u:{id}/y");
    private static final String MODERN = "2026-07-28";
    private static final Pattern KEY = Pattern.compile("\"(?:name|uri|uriTemplate)\":\"([^\"]*)\"");
    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));

    private final Random random = new Random(20_261_123);

    /** How often something was shown and used, and hidden and refused. */
    private final Map<CapabilityKind, int[]> counts = new EnumMap<>(CapabilityKind.class);

    @Test
    void everythingListedIsUsableAndNothingElseIs() {
        for (int round = 0; round < 2_000; round++) {
            CapabilityCatalog catalog = catalog();
            RouteTable table = table(catalog);
            GatewaySession session = session();
            RequestHeaders headers = headers();
            Authorization allowed = allowed();
            CapabilityView view = CapabilityView.resolve(ViewRequest.of(session, headers, allowed), table);
            for (CapabilityKind kind : CapabilityKind.values()) {
                Set<String> listed = listed(CapabilityLists.empty(), kind, view);
                for (String name : names(catalog, kind)) {
                    for (String message : messages(kind, name)) {
                        RouteDecision decision = ROUTER.decide(
                                new RequestHead("POST", "mcp.example.com", "/mcp", headers),
                                RawJson.of(message),
                                facts(session, allowed, table));
                        assertThat(decision instanceof RouteDecision.CallServer)
                                .as("round %d: %s by %s, listed %s", round, message, view, listed)
                                .isEqualTo(listed.contains(name));
                    }
                    counts.computeIfAbsent(kind, _ -> new int[2])[listed.contains(name) ? 0 : 1]++;
                }
            }
        }
        assertThat(counts).hasSize(4).allSatisfy((kind, count) -> {
            assertThat(count[0]).as("shown " + kind).isGreaterThan(1_000);
            assertThat(count[1]).as("hidden " + kind).isGreaterThan(1_000);
        });
    }

    /** A page size changes how often a client has to ask, and nothing else. */
    @Test
    void pagesTogetherAreTheWholeList() {
        for (int round = 0; round < 200; round++) {
            CapabilityCatalog catalog = catalog();
            Authorization allowed = allowed();
            CapabilityView view = CapabilityView.resolve(
                    ViewRequest.ofNewSession(new Chosen.Nothing(), RequestHeaders.EMPTY, allowed), table(catalog));
            for (CapabilityKind kind : CapabilityKind.values()) {
                CapabilityLists lists = CapabilityLists.empty();
                List<String> paged = new ArrayList<>();
                Optional<String> after = Optional.empty();
                do {
                    List<String> page = keys(lists.result(new PageRequest(kind, after, 2), view));
                    assertThat(page.size()).isLessThanOrEqualTo(2);
                    paged.addAll(page);
                    after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
                } while (after.isPresent());

                assertThat(paged).containsExactlyElementsOf(new TreeSet<>(listed(lists, kind, view)));
            }
        }
    }

    @Test
    void callersWithTheSameRightsShareOneListAndManyTokensDoNotGrowTheCache() {
        CapabilityCatalog catalog = catalog();
        RouteTable table = table(catalog);
        CapabilityLists lists = CapabilityLists.empty();
        PageRequest page = new PageRequest(CapabilityKind.TOOL, Optional.empty(), 1000);
        CapabilityView all = CapabilityView.resolve(
                ViewRequest.ofNewSession(new Chosen.Nothing(), RequestHeaders.EMPTY, Authorization.EVERYTHING), table);
        Map<String, Set<String>> everything =
                Map.of("ns/0", Set.copyOf(NAMES), "ns/1", Set.copyOf(NAMES), "ns/2", Set.copyOf(NAMES));

        RawJson body = lists.result(page, all);
        for (int caller = 0; caller < 500; caller++) {
            Map<String, Set<String>> rights = new HashMap<>(everything);
            rights.put("other/" + caller, Set.of("x"));
            Authorization allowed = new Authorization(
                    new AuthorizedNames.Only(rights),
                    new AuthorizedNames.Everything(),
                    new AuthorizedNames.Everything());
            CapabilityView view = CapabilityView.resolve(
                    ViewRequest.ofNewSession(new Chosen.Nothing(), RequestHeaders.EMPTY, allowed), table);
            assertThat(lists.result(page, view)).isSameAs(body);
        }
    }

    /** In no session, only the header chooses a virtual server. */
    @Test
    void everythingListedIsUsableByModernClientsAndNothingElseIs() {
        for (int round = 0; round < 2_000; round++) {
            CapabilityCatalog catalog = catalog(ServerEras.modern(MODERN));
            RouteTable table = table(catalog);
            RequestHeaders headers = headers();
            Authorization allowed = allowed();
            CapabilityView view =
                    CapabilityView.resolve(ViewRequest.ofNewSession(new Chosen.Nothing(), headers, allowed), table);
            for (CapabilityKind kind : CapabilityKind.values()) {
                Set<String> listed = listed(CapabilityLists.empty(), kind, view);
                for (String name : names(catalog, kind)) {
                    for (ModernMessage message : ModernMessage.of(kind, name)) {
                        RouteDecision decision = ROUTER.decide(
                                new RequestHead("POST", "mcp.example.com", "/mcp", message.headers(headers)),
                                RawJson.of(message.body()),
                                facts(session(), allowed, table));
                        assertThat(decision instanceof RouteDecision.Forward)
                                .as("round %d: %s by %s, listed %s", round, message, view, listed)
                                .isEqualTo(listed.contains(name));
                    }
                    counts.computeIfAbsent(kind, _ -> new int[2])[listed.contains(name) ? 0 : 1]++;
                }
            }
        }
        assertThat(counts).hasSize(4).allSatisfy((kind, count) -> {
            assertThat(count[0]).as("shown " + kind).isGreaterThan(1_000);
            assertThat(count[1]).as("hidden " + kind).isGreaterThan(1_000);
        });
    }

    private CapabilityCatalog catalog() {
        return catalog(ServerEras.NONE);
    }

    private CapabilityCatalog catalog(ServerEras eras) {
        Map<CapabilityKind, Map<String, CapabilityRoute>> routes = new EnumMap<>(CapabilityKind.class);
        for (int index = 0; index < 3; index++) {
            String prefix = List.of("", "p_", "q_").get(random.nextInt(3));
            ServerRoute server = new ServerRoute(
                    new ServerName("ns/" + index),
                    "s" + index + ".local",
                    "/mcp",
                    URI.create("http://s" + index + "/mcp"),
                    new CallAuthorization.None(),
                    Optional.empty(),
                    AnonymousSessions.PER_CALL,
                    eras,
                    new ServerKey("s" + index));
            for (CapabilityKind kind : CapabilityKind.values()) {
                Map<String, CapabilityRoute> items = routes.computeIfAbsent(kind, _ -> new TreeMap<>());
                for (String own : some(all(kind))) {
                    String name = kind.prefixed() ? prefix + own : own;
                    items.putIfAbsent(name, new CapabilityRoute(kind, server, own, ToolHints.UNSPECIFIED));
                }
            }
        }
        return RoutesServed.of(routes);
    }

    private RouteTable table(CapabilityCatalog catalog) {
        List<String> tools = names(catalog, CapabilityKind.TOOL);
        List<ServerRoute> servers = catalog.served().values().stream()
                .flatMap(items -> items.values().stream())
                .map(item -> item.route().server())
                .distinct()
                .toList();
        return RouteTable.of(
                catalog,
                servers,
                List.of(
                        new VirtualServer("ns/vs", some(tools), some(names(catalog, CapabilityKind.PROMPT))),
                        new VirtualServer("ns/empty", List.of()),
                        new VirtualServer("ns/other", some(List.of("p_a", "q_b", "c", "nowhere")))));
    }

    private Authorization allowed() {
        return new Authorization(
                allowed(CapabilityKind.TOOL), allowed(CapabilityKind.PROMPT), allowed(CapabilityKind.RESOURCE));
    }

    private AuthorizedNames allowed(CapabilityKind kind) {
        if (random.nextInt(4) == 0) {
            return new AuthorizedNames.Everything();
        }
        Map<String, Set<String>> names = new HashMap<>();
        for (String server : some(List.of("ns/0", "ns/1", "ns/2", "ns/gone"))) {
            Set<String> ofServer = new HashSet<>(some(all(kind)));
            if (kind == CapabilityKind.RESOURCE) {
                ofServer.addAll(some(TEMPLATES));
            }
            names.put(server, ofServer);
        }
        return new AuthorizedNames.Only(names);
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

    private static List<String> all(CapabilityKind kind) {
        return switch (kind) {
            case TOOL, PROMPT -> NAMES;
            case RESOURCE -> URIS;
            case RESOURCE_TEMPLATE -> TEMPLATES;
        };
    }

    /** Every name that is served, and some that are not. */
    private static List<String> names(CapabilityCatalog catalog, CapabilityKind kind) {
        Set<String> names = new TreeSet<>(catalog.of(kind).keySet());
        names.addAll(all(kind));
        return List.copyOf(names);
    }

    private static RouterFacts facts(GatewaySession session, Authorization allowed, RouteTable table) {
        return new RouterFacts(
                CallerBinding.ANONYMOUS,
                new SessionVerdict.Valid(session),
                new RouterTokenVerdict.Absent(),
                allowed,
                table);
    }

    /** Each message that uses the item; of a template, one that reads an instance that no other template has. */
    private static List<String> messages(CapabilityKind kind, String name) {
        return switch (kind) {
            case TOOL -> List.of(message("tools/call", "{\"name\":\"" + name + "\"}"));
            case PROMPT ->
                List.of(
                        message("prompts/get", "{\"name\":\"" + name + "\"}"),
                        message("completion/complete", reference("ref/prompt", "name", name)));
            case RESOURCE ->
                List.of(
                        message("resources/read", "{\"uri\":\"" + name + "\"}"),
                        message("resources/subscribe", "{\"uri\":\"" + name + "\"}"),
                        message("resources/unsubscribe", "{\"uri\":\"" + name + "\"}"),
                        message("completion/complete", reference("ref/resource", "uri", name)));
            case RESOURCE_TEMPLATE ->
                List.of(
                        message("resources/read", "{\"uri\":\"" + name.replace("{id}", "7") + "\"}"),
                        message("completion/complete", reference("ref/resource", "uri", name)));
        };
    }

    private static String reference(String type, String member, String value) {
        return "{\"ref\":{\"type\":\"" + type + "\",\"" + member + "\":\"" + value + "\"}}";
    }

    private static String message(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static Set<String> listed(CapabilityLists lists, CapabilityKind kind, CapabilityView view) {
        return new HashSet<>(keys(lists.result(new PageRequest(kind, Optional.empty(), 1000), view)));
    }

    private static List<String> keys(RawJson result) {
        List<String> keys = new ArrayList<>();
        Matcher matcher = KEY.matcher(result.toString());
        while (matcher.find()) {
            keys.add(matcher.group(1));
        }
        return keys;
    }
}
