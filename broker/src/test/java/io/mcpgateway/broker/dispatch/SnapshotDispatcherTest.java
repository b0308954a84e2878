package io.mcpgateway.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.InitializeServer;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.router.RouteDecision.ToBroker;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.snapshot.RoutedSnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotDispatcherTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final ServerRoute SERVER = new ServerRoute(
            new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one.ns.svc:9090/mcp"));
    private static final ServerSession STORED = new ServerSession(Optional.of("backend-1"), "2025-06-18");
    private static final RawJson CALL =
            RawJson.of("{\"id\":12345678901234567890,\"jsonrpc\":\"2.0\",\"method\":\"tools/call\","
                    + "\"params\":{\"arguments\":{\"f\":1.0},\"name\":\"p1_greet\"},\"extra\":[]}");

    private Instant now = START;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SessionTokens sessionTokens = SessionTokens.withKey(KEY);
    private final RouterTokens routerTokens = RouterTokens.withKey(KEY);
    private final InMemorySessionStore store = new InMemorySessionStore(100, () -> now);
    private final SnapshotCell snapshots = new SnapshotCell();
    private final SessionDoubts doubts = new SessionDoubts(100);
    private final List<CallServer> obtained = new ArrayList<>();
    private SessionOutcome outcome = new SessionOutcome.Ready(new ServerSession(Optional.of("new"), "2025-06-18"));
    private final SnapshotDispatcher dispatcher = new SnapshotDispatcher(new SnapshotDispatcher.Parts(
            snapshots,
            new Router("mcp.example.com", 1 << 20, ServerRequestIds.withKey(KEY)),
            sessionTokens,
            routerTokens,
            new UsedTokens(2),
            new TrustedHeaders(new AuthorizationSettings(Optional.of(SignedHeaders.publicKey()), false, false)),
            store,
            call -> {
                obtained.add(call);
                return outcome;
            },
            doubts,
            new GatewayMetrics(registry),
            RequestStates.withKey(KEY),
            () -> now));
    private final GatewaySession session = new GatewaySession(
            new GatewaySessionId("jti-1"),
            START.plus(Duration.ofHours(1)),
            CallerBinding.ANONYMOUS,
            Optional.empty(),
            "2025-06-18",
            ClientFeatures.NONE);
    private final String token = sessionTokens.issue(session, START);

    @BeforeEach
    void serveOneTool() {
        RouteTable table = RouteTable.of(
                RoutesServed.of(Map.of(
                        CapabilityKind.TOOL,
                        Map.of(
                                "p1_greet",
                                new CapabilityRoute(CapabilityKind.TOOL, SERVER, "greet", ToolHints.UNSPECIFIED)))),
                List.of(SERVER),
                List.of());
        snapshots.update(_ -> RoutedSnapshot.of(table));
    }

    @Test
    void aCallWithAStoredBackendSessionIsCompleteAtOnce() {
        store.put(session, SERVER.key(), STORED);

        RouteDecision decision = dispatcher.begin(post("mcp-session-id", token), CALL);

        assertThat(decision).asInstanceOf(type(Forward.class)).satisfies(forward -> {
            assertThat(forward.edits().set())
                    .containsEntry("mcp-session-id", "backend-1")
                    .containsEntry(":authority", "one.mcp.local");
            assertThat(forward.metadata())
                    .isEqualTo(new CallMetadata.InSession(
                            token,
                            session.id(),
                            SERVER.key(),
                            STORED,
                            Optional.of(new JsonRpcId("12345678901234567890"))));
            assertThat(forward.body()).contains(RawJson.of(CALL.toString().replace("p1_greet", "greet")));
        });
        assertThat(obtained).isEmpty();
        assertThat(count("forward", "ns/one")).isEqualTo(1);
    }

    @Test
    void whatTheSignedHeaderHidesIsUnknownToCallsUntilItNamesTheTool() {
        store.put(session, SERVER.key(), STORED);
        String hides = SignedHeaders.tools("{\"ns/one\":[\"other\"]}");
        String shows = SignedHeaders.tools("{\"ns/one\":[\"greet\"]}");

        RouteDecision hidden = dispatcher.begin(post("mcp-session-id", token, "x-authorized-tools", hides), CALL);
        RouteDecision shown = dispatcher.begin(post("mcp-session-id", token, "x-authorized-tools", shows), CALL);

        assertThat(hidden)
                .asInstanceOf(type(Reject.class))
                .satisfies(
                        reject -> assertThat(reject.answer().body().toString()).contains("Unknown tool: p1_greet"));
        assertThat(shown).isInstanceOf(Forward.class);
    }

    @Test
    void theFirstCallOfASessionAsksForABackendSession() {
        RouteDecision begun = dispatcher.begin(post("mcp-session-id", token), CALL);

        assertThat(begun).isInstanceOf(CallServer.class);
        assertThat(count("forward", "ns/one")).isZero();
        RouteDecision.Complete finished = dispatcher.finish((CallServer) begun);
        assertThat(finished)
                .asInstanceOf(type(Forward.class))
                .satisfies(forward -> assertThat(forward.edits().set()).containsEntry("mcp-session-id", "new"));
        assertThat(obtained).containsExactly((CallServer) begun);
        assertThat(count("forward", "ns/one")).isEqualTo(1);
    }

    @Test
    void aBackendThatRefusesIsReportedWithItsStatus() {
        outcome = new SessionOutcome.Failed(401, "server ns/one: unauthorized");
        CallServer call = (CallServer) dispatcher.begin(post("mcp-session-id", token), CALL);

        assertThat(dispatcher.finish(call))
                .asInstanceOf(type(Reject.class))
                .satisfies(reject -> assertThat(reject.answer().status()).isEqualTo(401));
        assertThat(count("reject", "none")).isEqualTo(1);
    }

    @Test
    void aRevokedExpiredForeignDoubleOrForgedSessionRoutesNoCall() {
        store.put(session, SERVER.key(), STORED);

        refused(dispatcher.begin(post("mcp-session-id", token + "x"), CALL));
        refused(dispatcher.begin(post("mcp-session-id", token, "authorization", "Bearer other"), CALL));
        refused(dispatcher.begin(
                new RequestHead("POST", "h", "/mcp", headers(Map.of("mcp-session-id", List.of(token, token)))), CALL));
        refused(dispatcher.begin(post(), CALL));
        store.revoke(session);
        refused(dispatcher.begin(post("mcp-session-id", token), CALL));
        now = START.plus(Duration.ofHours(2));
        refused(dispatcher.begin(post("mcp-session-id", token), CALL));
        assertThat(count("forward", "ns/one")).isZero();
    }

    @Test
    void aRouterTokenAllowsOneRequest() {
        RequestHead head = post("mcp-init-host", "one.mcp.local", "router-key", routerToken("jti-r"));

        assertThat(dispatcher.begin(head, RawJson.of("{}")))
                .asInstanceOf(type(InitializeServer.class))
                .satisfies(initialize -> assertThat(initialize.host()).isEqualTo("one.mcp.local"));
        assertThat(status(dispatcher.begin(head, RawJson.of("{}")))).isEqualTo(403);
        assertThat(status(dispatcher.beginWithoutBody(head))).isEqualTo(403);
        assertThat(count("initialize_backend", "ns/one")).isEqualTo(1);
    }

    @Test
    void routerTokensThatCannotBeRememberedAreRefused() {
        for (String tokenId : List.of("a", "b")) {
            assertThat(dispatcher.begin(
                            post("mcp-init-host", "one.mcp.local", "router-key", routerToken(tokenId)),
                            RawJson.of("{}")))
                    .isInstanceOf(InitializeServer.class);
        }

        assertThat(status(dispatcher.begin(
                        post("mcp-init-host", "one.mcp.local", "router-key", routerToken("c")), RawJson.of("{}"))))
                .isEqualTo(503);
    }

    @Test
    void aRouterTokenOfAnotherHostOrWithoutOneOrTwiceIsRefused() {
        String key = routerToken("jti-r");

        refused(dispatcher.begin(post("mcp-init-host", "two.mcp.local", "router-key", key), RawJson.of("{}")));
        refused(dispatcher.begin(post("mcp-init-host", "one.mcp.local"), RawJson.of("{}")));
        refused(dispatcher.begin(
                new RequestHead(
                        "POST",
                        "h",
                        "/mcp",
                        headers(Map.of("mcp-init-host", List.of("one.mcp.local"), "router-key", List.of(key, key)))),
                RawJson.of("{}")));
        refused(dispatcher.begin(post("mcp-init-host", "one.mcp.local", "router-key", "guess"), RawJson.of("{}")));
    }

    @Test
    void aLostSessionIsForgottenAndNoNewerOne() {
        store.put(session, SERVER.key(), STORED);

        assertThat(mayRepeat(dispatcher.serverAnswered(called("older"), json(404))))
                .isTrue();
        dispatcher.serverAnswered(called("backend-1"), json(503));
        assertThat(store.find(session.id(), SERVER.key())).contains(STORED);
        assertThat(mayRepeat(dispatcher.serverAnswered(called("backend-1"), json(404))))
                .isTrue();
        assertThat(store.find(session.id(), SERVER.key())).isEmpty();
    }

    @Test
    void aServerThatForgetsEverySessionAtOnceGetsNoNewOneForAWhile() {
        store.put(session, SERVER.key(), STORED);
        dispatcher.serverAnswered(called("backend-1"), json(410));
        store.put(session, SERVER.key(), new ServerSession(Optional.of("backend-2"), "2025-06-18"));

        assertThat(mayRepeat(dispatcher.serverAnswered(called("backend-2"), json(404))))
                .isFalse();
        assertThat(store.find(session.id(), SERVER.key())).isPresent();
        now = now.plus(SessionDoubts.PAUSE);
        assertThat(mayRepeat(dispatcher.serverAnswered(called("backend-2"), json(404))))
                .isTrue();
        assertThat(store.find(session.id(), SERVER.key())).isEmpty();
    }

    @Test
    void aSessionInDoubtIsTriedOutBeforeItsNextCall() {
        store.put(session, SERVER.key(), STORED);
        assertThat(dispatcher.serverAnswered(called("backend-1"), json(400)))
                .isInstanceOf(ResponseDecision.PassOn.class);

        assertThat(dispatcher.begin(post("mcp-session-id", token), CALL)).isInstanceOf(CallServer.class);
        doubts.settled(session.id(), SERVER.key(), now);
        assertThat(dispatcher.begin(post("mcp-session-id", token), CALL)).isInstanceOf(Forward.class);
        // Whoever sends nonsense all the time has no session tried out all the time.
        dispatcher.serverAnswered(called("backend-1"), json(400));
        assertThat(dispatcher.begin(post("mcp-session-id", token), CALL)).isInstanceOf(Forward.class);
    }

    private static ServerAnswer json(int status) {
        return new ServerAnswer(status, true);
    }

    private CallMetadata called(String backend) {
        return new CallMetadata.InSession(
                token,
                session.id(),
                SERVER.key(),
                new ServerSession(Optional.of(backend), "2025-06-18"),
                Optional.of(new JsonRpcId("7")));
    }

    private static boolean mayRepeat(ResponseDecision decision) {
        return decision instanceof ResponseDecision.Instead instead && instead.notExecuted();
    }

    @Test
    void aRequestWithoutBodyGoesToTheBrokerWithoutInternalHeaders() {
        RequestHead head =
                new RequestHead("GET", "one.mcp.local", "/mcp", headers(Map.of("x-mcp-toolname", List.of("spoofed"))));

        assertThat(dispatcher.beginWithoutBody(head))
                .asInstanceOf(type(ToBroker.class))
                .satisfies(broker -> {
                    assertThat(broker.edits().set()).containsEntry(":authority", "mcp.example.com");
                    assertThat(broker.edits().remove()).contains("x-mcp-toolname");
                });
        assertThat(count("to_broker", "mcpBroker")).isEqualTo(1);
        assertThat(registry.get("mcp_router_decisions").counter().getId().getTag("protocol_version"))
                .isEqualTo("none");
    }

    @Test
    void beforeTheBodyARequestIsPinnedAndLosesItsInternalHeaders() {
        HeaderEdits edits = dispatcher.beforeBody(
                post("router-key", "k", "x-mcp-servername", "s", "x-mcp-virtualserver", "v", "accept", "a"));

        assertThat(edits.set()).isEqualTo(Map.of(":authority", "mcp.example.com"));
        assertThat(edits.remove()).containsExactly("router-key", "x-mcp-servername");
    }

    private String routerToken(String tokenId) {
        return routerTokens.issue("one.mcp.local", tokenId, now);
    }

    private double count(String decision, String server) {
        io.micrometer.core.instrument.Counter counter = registry.find("mcp_router_decisions")
                .tags("decision", decision, "server_name", server)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static int status(RouteDecision decision) {
        return decision instanceof Reject reject ? reject.answer().status() : -1;
    }

    private static void refused(RouteDecision decision) {
        assertThat(status(decision)).isBetween(400, 499);
    }

    private static RequestHead post(String... namesAndValues) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("application/json"));
        for (int index = 0; index < namesAndValues.length; index += 2) {
            headers.put(namesAndValues[index], List.of(namesAndValues[index + 1]));
        }
        return new RequestHead("POST", "mcp.example.com", "/mcp", RequestHeaders.of(headers));
    }

    private static RequestHeaders headers(Map<String, List<String>> values) {
        Map<String, List<String>> headers = new LinkedHashMap<>(values);
        headers.put("content-type", List.of("application/json"));
        return RequestHeaders.of(headers);
    }
}
