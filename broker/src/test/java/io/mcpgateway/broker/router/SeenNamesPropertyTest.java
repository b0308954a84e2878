package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRule;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.api.contract.selection.ToolOverride;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.Offerings;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.NameRule;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** For whatever servers, rules and names: what is listed leads to the server and name that it is from, nothing else. */
class SeenNamesPropertyTest {
    private static final List<CapabilityKind> NAMED = List.of(CapabilityKind.TOOL, CapabilityKind.PROMPT);
    private static final List<String> OWN =
            List.of("a", "b", "p_a", "x.y", "x y", "x:y", "z".repeat(70), "z".repeat(71), "p_" + "z".repeat(70));
    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));

    private final Random random = new Random(20_261_130);

    @Test
    void whatIsListedLeadsHomeAndNothingElseIsCallable() {
        int called = 0;
        int refused = 0;
        for (int round = 0; round < 1_500; round++) {
            World world = world();
            VirtualServer virtualServer = virtualServer(List.of("chosen0", "chosen1", "chosen0", "chosen1"));
            RouteTable table = world.offerings().table(virtualServer);
            Authorization allowed = allowed();
            CapabilityView selected =
                    Objects.requireNonNull(table.virtualServers().get("ns/vs"));
            for (CapabilityKind kind : NAMED) {
                Map<String, Served> listed = new HashMap<>();
                selected.items(kind)
                        .forEach(item -> assertThat(listed.put(item.name(), item))
                                .as("listed once")
                                .isNull());
                for (String name : everyName(listed.keySet())) {
                    RouteDecision decision = decide(kind, name, table, allowed);
                    Served item = listed.get(name);
                    if (item == null || !allows(allowed, item)) {
                        assertThat(decision).isInstanceOf(RouteDecision.Reject.class);
                        refused++;
                        continue;
                    }
                    RouteDecision.CallServer call = (RouteDecision.CallServer) decision;
                    assertThat(call.route()).isSameAs(item.route());
                    CallTarget.Found target = new CallTarget.Found(call.route(), call.name());
                    assertThat(world.own(kind, item.route().server().name())).contains(target.ownName());
                    assertThat(target.renaming().isPresent())
                            .isEqualTo(!target.ownName().equals(name));
                    assertThat(item.json().toString())
                            .contains("of " + item.route().server().name());
                    called++;
                }
                if (virtualServer.seenNames().safe()) {
                    assertThat(listed.keySet())
                            .allMatch(name -> NameRule.warning(name).isEmpty());
                }
            }
        }
        assertThat(called).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    /** Whatever a younger server brings along, it takes no name away. */
    @Test
    void aServerThatComesLaterRenamesNothing() {
        for (int round = 0; round < 1_500; round++) {
            World world = world();
            VirtualServer virtualServer = virtualServer(List.of("chosen0", "chosen1", "chosen2", "chosen3"));
            Map<String, Served> before = tools(world.offerings().table(virtualServer));
            world.add("ns/later", some(OWN));
            Map<String, Served> after = tools(world.offerings().table(virtualServer));

            before.forEach((name, item) -> assertThat(after.get(name)).isEqualTo(item));
        }
    }

    @Test
    void aServersOwnAddressShowsAllOfItAndNothingElse() {
        for (int round = 0; round < 300; round++) {
            World world = world();
            RouteTable table = world.offerings().table();
            for (ServerName server : world.tools.keySet()) {
                CapabilityView view = table.ofServer(server).orElseThrow();
                for (CapabilityKind kind : NAMED) {
                    assertThat(view.items(kind).map(Served::name))
                            .containsExactlyInAnyOrderElementsOf(world.own(kind, server));
                    assertThat(view.items(kind))
                            .allMatch(item -> item.route().server().name().equals(server)
                                    && item.route().ownName().equals(item.name()));
                }
            }
        }
    }

    @Test
    void safeNamesDifferWhereNamesDiffer() {
        Set<String> safe = new HashSet<>();
        for (int number = 0; number < 100_000; number++) {
            safe.add(NameRule.safe("server.with.a.long.name." + number + "." + "x".repeat(60)));
        }
        assertThat(safe)
                .hasSize(100_000)
                .allMatch(name -> NameRule.warning(name).isEmpty());
    }

    private static Map<String, Served> tools(RouteTable table) {
        Map<String, Served> tools = new HashMap<>();
        Objects.requireNonNull(table.virtualServers().get("ns/vs"))
                .items(CapabilityKind.TOOL)
                .forEach(item -> tools.put(item.name(), item));
        return tools;
    }

    /** Servers, and what each calls its tools and prompts. */
    private record World(
            Offerings offerings,
            Map<ServerName, Set<String>> tools,
            Map<ServerName, Set<String>> prompts,
            Random random) {
        void add(String server, List<String> names) {
            offerings.server(server, List.of("", "p_", "q_").get(random.nextInt(3)));
            offerings.list(CapabilityKind.TOOL, items(names, server));
            offerings.list(CapabilityKind.PROMPT, items(names.subList(0, names.size() / 2), server));
            tools.put(new ServerName(server), new TreeSet<>(names));
            prompts.put(new ServerName(server), new TreeSet<>(names.subList(0, names.size() / 2)));
        }

        Set<String> own(CapabilityKind kind, ServerName server) {
            return Objects.requireNonNull((kind == CapabilityKind.TOOL ? tools : prompts).get(server));
        }

        private List<String> items(List<String> names, String server) {
            List<String> items = new ArrayList<>();
            for (String name : names) {
                String hint = List.of("{}", "{\"readOnlyHint\":true}", "{\"destructiveHint\":false}")
                        .get(random.nextInt(3));
                items.add(
                        "{\"name\":\"%s\",\"icons\":[],\"_meta\":{\"a\":\"of %s\"},\"inputSchema\":{\"type\":\"object\"},\"annotations\":%s}"
                                .formatted(name, server, hint));
            }
            return items;
        }
    }

    private World world() {
        World world = new World(new Offerings(), new HashMap<>(), new HashMap<>(), random);
        for (String server : List.of("ns/0", "ns/1", "other/2")) {
            world.add(server, some(OWN));
        }
        return world;
    }

    /** @param chosen names for tools; two tools with one name are one person's mistake */
    private VirtualServer virtualServer(List<String> chosen) {
        List<ToolOverride> overrides = new ArrayList<>();
        for (String tool : some(List.of("a", "p_a", "q_x.y", "p_" + "z".repeat(70)))) {
            overrides.add(new ToolOverride(
                    tool,
                    random.nextBoolean() ? Optional.of(chosen.get(overrides.size())) : Optional.empty(),
                    Optional.of("T"),
                    Optional.empty(),
                    ToolOverride.Annotations.AS_THEY_ARE));
        }
        return new VirtualServer(
                "ns/vs",
                random.nextBoolean() ? List.of() : some(List.of("a", "p_a", "p_b", "q_b", "nowhere")),
                random.nextBoolean() ? List.of() : some(List.of("a", "p_a", "q_x y")),
                new SelectionRules(rules(), rules()),
                new SeenNames(random.nextBoolean(), random.nextBoolean(), overrides));
    }

    private List<SelectionRule> rules() {
        List<SelectionRule> rules = new ArrayList<>();
        for (int rule = random.nextInt(3); rule > 0; rule--) {
            rules.add(new SelectionRule(
                    random.nextBoolean() ? Optional.empty() : Optional.of(Set.copyOf(some(List.of("ns/0", "other/2")))),
                    random.nextBoolean() ? List.of() : List.of("ns"),
                    random.nextBoolean() ? List.of() : some(List.of("*a", "p_*", "?")),
                    random.nextBoolean() ? List.of() : some(List.of("*", "q_*")),
                    List.of(),
                    new SelectionRule.Hints(hint(), hint(), hint())));
        }
        return rules;
    }

    private Optional<Boolean> hint() {
        return random.nextInt(3) > 0 ? Optional.empty() : Optional.of(random.nextBoolean());
    }

    private Authorization allowed() {
        if (random.nextBoolean()) {
            return Authorization.EVERYTHING;
        }
        Map<String, Set<String>> names = new HashMap<>();
        for (String server : List.of("ns/0", "ns/1", "other/2")) {
            names.put(server, Set.copyOf(some(OWN)));
        }
        AuthorizedNames only = new AuthorizedNames.Only(names);
        return new Authorization(only, only, new AuthorizedNames.Everything());
    }

    private static boolean allows(Authorization allowed, Served item) {
        return allowed.allows(
                item.route().kind(), item.route().server().name(), item.route().ownName());
    }

    /** What is listed, and what a client might try. */
    private static Set<String> everyName(Set<String> listed) {
        Set<String> names = new TreeSet<>(listed);
        for (String prefix : List.of("", "p_", "q_")) {
            OWN.forEach(own -> {
                names.add(prefix + own);
                names.add(NameRule.safe(prefix + own));
            });
        }
        names.addAll(List.of("chosen0", "chosen1", "nowhere"));
        return names;
    }

    private static RouteDecision decide(CapabilityKind kind, String name, RouteTable table, Authorization allowed) {
        String method = kind == CapabilityKind.TOOL ? "tools/call" : "prompts/get";
        RequestHeaders headers = RequestHeaders.of(
                Map.of("content-type", List.of("application/json"), "mcp-session-id", List.of("token")));
        GatewaySession session = new GatewaySession(
                new GatewaySessionId("gateway-1"),
                Instant.parse("2026-11-30T00:00:00Z"),
                CallerBinding.ANONYMOUS,
                Optional.of("ns/vs"),
                "2025-11-25",
                ClientFeatures.NONE);
        return ROUTER.decide(
                new RequestHead("POST", "mcp.example.com", "/mcp", headers),
                RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{\"name\":\"" + name
                        + "\"}}"),
                new RouterFacts(
                        CallerBinding.ANONYMOUS,
                        new SessionVerdict.Valid(session),
                        new RouterTokenVerdict.Absent(),
                        allowed,
                        table));
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
}
