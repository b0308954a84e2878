package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.router.RouteDecision.ToBroker;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.url.Chosen;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two tools of one server; ns/vs shows the first, also at /mcp/short and at own.example.com. */
class RouterUrlTest {
    private static final Router ROUTER = new Router("mcp.example.com", 100_000, ServerRequestIds.withKey(new byte[32]));
    private static final Chosen VS = new Chosen.VirtualServer("ns/vs");
    private static final ServerRoute SERVER =
            new ServerRoute(new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one.test/mcp"));
    private static final RouteTable TABLE = RouteTable.of(
            RoutesServed.of(Map.of(
                    CapabilityKind.TOOL,
                    Map.of(
                            "p_alpha",
                            new CapabilityRoute(CapabilityKind.TOOL, SERVER, "alpha", ToolHints.UNSPECIFIED),
                            "p_beta",
                            new CapabilityRoute(CapabilityKind.TOOL, SERVER, "beta", ToolHints.UNSPECIFIED)))),
            List.of(SERVER),
            List.of(
                    new VirtualServer("ns/vs", List.of("p_alpha"))
                            .at(new ChosenUrl(Optional.of("/mcp/short"), Optional.empty())),
                    new VirtualServer("ns/own", List.of("p_alpha"))
                            .at(new ChosenUrl(Optional.empty(), Optional.of("own.example.com")))));

    private static RequestHead head(String method, String authority, String path, String... headers) {
        Map<String, List<String>> all = new HashMap<>();
        all.put("content-type", List.of("application/json"));
        all.put("mcp-session-id", List.of("token"));
        for (int index = 0; index < headers.length; index += 2) {
            all.put(headers[index], List.of(headers[index + 1]));
        }
        return new RequestHead(method, authority, path, RequestHeaders.of(all));
    }

    private static RouterFacts facts(Chosen url) {
        GatewaySession session = new GatewaySession(
                new GatewaySessionId("gateway-1"),
                Instant.parse("2026-11-24T00:00:00Z"),
                CallerBinding.ANONYMOUS,
                url,
                Optional.empty(),
                "2025-11-25",
                ClientFeatures.NONE);
        return new RouterFacts(
                CallerBinding.ANONYMOUS,
                new SessionVerdict.Valid(session),
                new RouterTokenVerdict.Absent(),
                Authorization.EVERYTHING,
                TABLE);
    }

    private static RouteDecision call(RequestHead head, String tool, Chosen session) {
        return ROUTER.decide(
                head,
                RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                        + "\"}}"),
                facts(session));
    }

    private static String refused(RouteDecision decision) {
        assertThat(decision).isInstanceOf(Reject.class);
        return ((Reject) decision).answer().body().toString();
    }

    @Test
    void aCallTellsPoliciesWhatItsUrlChose() {
        RequestHead head = head("POST", "mcp.example.com", "/mcp/short", "x-mcp-path", "/mcp/forged");
        RouteDecision decision = call(head, "p_alpha", VS);

        assertThat(decision).isInstanceOf(CallServer.class);
        Forward forward = (Forward) ROUTER.complete(
                (CallServer) decision, new SessionOutcome.Ready(new ServerSession(Optional.of("s"), "2025-06-18")));
        assertThat(forward.edits().set())
                .containsEntry("x-mcp-path", "/mcp/ns/vs")
                .containsEntry(":path", "/mcp")
                .containsEntry(":authority", "one.mcp.local");
    }

    @Test
    void whatTheUrlDoesNotShowCannotBeCalled() {
        assertThat(refused(call(head("POST", "mcp.example.com", "/mcp/ns/vs"), "p_beta", VS)))
                .contains("Unknown tool: p_beta");
        assertThat(call(head("POST", "mcp.example.com", "/mcp"), "p_beta", new Chosen.Nothing()))
                .isInstanceOf(CallServer.class);
    }

    @Test
    void urlAndHeaderMustAgree() {
        RequestHead other = head("POST", "mcp.example.com", "/mcp/ns/vs", "x-mcp-virtualserver", "ns/own");
        RequestHead same = head("POST", "mcp.example.com", "/mcp/ns/vs", "x-mcp-virtualserver", "ns/vs");

        assertThat(refused(call(other, "p_alpha", VS)))
                .contains("virtual server 'ns/vs'")
                .contains("'ns/own'");
        assertThat(call(same, "p_alpha", VS)).isInstanceOf(CallServer.class);
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.example.com, /mcp/ns/vs, , /mcp/ns/vs",
        "mcp.example.com, /mcp/ns/vs/?a=b, /mcp/ns/vs?a=b, /mcp/ns/vs",
        "mcp.example.com, /mcp/short, /mcp/ns/vs, /mcp/ns/vs",
        "own.example.com:8080, /mcp, /mcp/ns/own, /mcp/ns/own",
        "mcp.example.com, /mcp, ,",
        "mcp.example.com, /mcp/, ,",
    })
    void onTheWayToTheBrokerThePathIsTheOneThatTheChoiceHas(
            String authority, String path, String changed, String told) {
        RouterFacts facts = facts(new Chosen.Nothing());
        RawJson list = RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
        for (RouteDecision decision : List.of(
                ROUTER.decide(head("POST", authority, path), list, facts),
                ROUTER.decideWithoutBody(head("GET", authority, path), facts),
                ROUTER.decideWithoutBody(head("DELETE", authority, path), facts))) {
            assertThat(decision).isInstanceOf(ToBroker.class);
            Map<String, String> set = ((ToBroker) decision).edits().set();
            assertThat(set.get(":path")).isEqualTo(changed);
            assertThat(set.get("x-mcp-path")).isEqualTo(told);
            assertThat(set).containsEntry(":authority", "mcp.example.com");
        }
    }

    @Test
    void anUnknownUrlIsRefusedWithTheIdOfTheRequest() {
        String post = refused(call(head("POST", "mcp.example.com", "/mcp/ns/gone"), "p_alpha", VS));
        String get = refused(ROUTER.decideWithoutBody(head("GET", "own.example.com", "/mcp/ns/vs"), facts(VS)));

        assertThat(post).contains("\"id\":1").contains("unknown virtual server 'ns/gone'");
        assertThat(get).contains("own.example.com serves /mcp, /mcp/ns/own");
        assertThat(ROUTER.decideWithoutBody(head("OPTIONS", "mcp.example.com", "/mcp/ns/gone"), facts(VS)))
                .isInstanceOf(ToBroker.class);
    }

    @Test
    void metadataOfAHostOfItsOwnIsToldToTheBroker() {
        String path = "/.well-known/oauth-protected-resource/mcp";
        ToBroker own = (ToBroker) ROUTER.decideWithoutBody(
                head("GET", "own.example.com:8443", path, "x-forwarded-host", "forged"), facts(VS));
        ToBroker usual = (ToBroker) ROUTER.decideWithoutBody(head("GET", "mcp.example.com", path), facts(VS));

        assertThat(own.edits().set()).containsEntry("x-forwarded-host", "own.example.com:8443");
        assertThat(usual.edits().set()).doesNotContainKeys("x-forwarded-host", ":path", "x-mcp-path");
    }

    /** Whatever the path, the host, the headers and the session say: a tool that the URL hides is not called. */
    @Test
    void noRequestSeesMoreThanItsUrlSays() {
        Random random = new Random(7);
        List<String> paths = List.of(
                "/mcp",
                "/mcp/",
                "/mcp/ns/vs",
                "/mcp/ns/vs/",
                "/mcp/short",
                "/mcp/ns/own",
                "/mcp/ns/vs/..",
                "/mcp/ns/vs%2F..",
                "/mcp/./",
                "//mcp",
                "/mcp;/ns/vs",
                "/mcp?/ns/vs",
                "/mcp/ns/vs?x=/mcp",
                "/mcp/ns/gone",
                "/MCP",
                "/mcp/ns");
        List<String> hosts = List.of("mcp.example.com", "own.example.com", "OWN.example.com:1", "one.mcp.local", "");
        List<String> values = List.of("", "ns/vs", "ns/own", "ns/gone", "/mcp");
        List<Chosen> sessions = List.of(new Chosen.Nothing(), VS, new Chosen.VirtualServer("ns/own"));
        int called = 0;
        for (int round = 0; round < 20_000; round++) {
            String path = paths.get(random.nextInt(paths.size()));
            String host = hosts.get(random.nextInt(hosts.size()));
            RequestHead head = head(
                    "POST",
                    host,
                    path,
                    random.nextBoolean() ? "x-mcp-virtualserver" : "x-other",
                    values.get(random.nextInt(values.size())),
                    "x-mcp-path",
                    "/mcp");
            Chosen session = sessions.get(random.nextInt(sessions.size()));
            Chosen url = TABLE.urls().find(host, head.pathOnly()).chosen();
            RouteDecision decision = ROUTER.decide(
                    head,
                    RawJson.of(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"p_beta\"}}"),
                    session.equals(url) ? facts(session) : elsewhere(session));
            boolean everything = host.startsWith("mcp.") || host.startsWith("one.") || host.isEmpty();
            if (decision instanceof CallServer) {
                called++;
                assertThat(everything
                                && (head.pathOnly().equals("/mcp")
                                        || head.pathOnly().equals("/mcp/")))
                        .as("%s at %s", path, host)
                        .isTrue();
            }
        }
        assertThat(called).isPositive();
    }

    /** What the check of a session says that began at another URL. */
    private static RouterFacts elsewhere(Chosen url) {
        RouterFacts facts = facts(url);
        SessionVerdict.Valid valid = (SessionVerdict.Valid) facts.session();
        return new RouterFacts(
                facts.caller(),
                new SessionVerdict.OtherUrl(valid.session()),
                facts.routerToken(),
                facts.authorization(),
                facts.table());
    }
}
