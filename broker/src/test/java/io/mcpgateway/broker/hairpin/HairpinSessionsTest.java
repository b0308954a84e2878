package io.mcpgateway.broker.hairpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.router.SessionOutcome.Failed;
import io.mcpgateway.broker.router.SessionOutcome.Ready;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionAffinity;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake server stands for the gateway listener together with the backend behind it. */
@Timeout(60)
class HairpinSessionsTest {
    private static final byte[] KEY =
            "0123456789abcdef0123456789abcdef0123".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RouterTokens tokens = RouterTokens.withKey(KEY);
    private final SessionStore store = new InMemorySessionStore(100, InstantSource.system());
    private final McpHttpClient client = new McpHttpClient();
    private FakeMcpServer gateway;
    private HairpinSessions sessions;

    @BeforeEach
    void start() throws IOException {
        gateway = FakeMcpServer.start();
        sessions = sessions(URI.create("http://127.0.0.1:" + gateway.port()));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void sessionIsInitializedThroughTheGatewayAndKept() {
        SessionOutcome outcome = sessions.obtain(call("s1"));

        assertThat(outcome).isEqualTo(new Ready(new ServerSession(Optional.of("backend-1"), "2025-11-25")));
        assertThat(sessions.obtain(call("s1"))).isEqualTo(outcome);
        assertThat(gateway.received())
                .extracting(FakeMcpServer.Received::method)
                .containsExactly("initialize", "notifications/initialized");
        assertThat(gateway.received().getFirst().path()).isEqualTo("/custom/mcp?x=1");
        assertThat(meters.get("mcp_router_backend_initialize")
                        .tags("server_name", "ns/one", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void eachRequestCarriesItsOwnTokenForTheServersHost() {
        sessions.obtain(call("s1"));

        Set<String> ids = new HashSet<>();
        for (FakeMcpServer.Received request : gateway.received()) {
            assertThat(request.headers()).containsEntry("mcp-init-host", "one.mcp.local");
            String token = Objects.requireNonNull(request.headers().get("router-key"));
            assertThat(tokens.verify(token, "one.mcp.local", Instant.now()))
                    .isInstanceOfSatisfying(RouterTokenVerdict.Valid.class, valid -> ids.add(valid.tokenId()));
            assertThat(tokens.verify(token, "two.mcp.local", Instant.now()))
                    .isInstanceOf(RouterTokenVerdict.Invalid.class);
        }
        assertThat(ids).hasSize(2);
    }

    @Test
    void headersAreTheClientsWithoutThoseOfItsOwnConnection() {
        Map<String, List<String>> headers = new java.util.HashMap<>();
        Stream.of(
                        "accept",
                        "accept-encoding",
                        "connection",
                        "content-type",
                        "content-length",
                        "cookie",
                        "te",
                        "mcp-session-id",
                        "mcp-protocol-version",
                        "last-event-id",
                        "proxy-authorization",
                        "x-drop-me",
                        "x-mcp-annotation-hints",
                        "x-mcp-virtualserver",
                        "x-envoy-attempt-count",
                        "transfer-encoding")
                .forEach(name -> headers.put(name, List.of("from-client")));
        headers.put("connection", List.of("keep-alive, X-Drop-Me"));
        headers.put("authorization", List.of("Bearer of-the-user"));
        headers.put("traceparent", List.of("00-abc-def-01"));
        headers.put("x-request-id", List.of("r1"));
        headers.put("x-tag", List.of("a", "b"));
        headers.put("x-broken", List.of("line\nbreak"));
        headers.put("x-mcp-toolname", List.of("spoofed"));
        headers.put("x-mcp-session-affinity", List.of("spoofed"));
        sessions.obtain(call("s1", headers, ClientFeatures.NONE, "2025-11-25"));

        Map<String, String> sent = gateway.received().getFirst().headers();
        assertThat(sent)
                .containsEntry("authorization", "Bearer of-the-user")
                .containsEntry("traceparent", "00-abc-def-01")
                .containsEntry("x-request-id", "r1")
                .containsEntry("x-tag", "a, b")
                .containsEntry("user-agent", "mcp-router")
                .containsEntry("x-mcp-method", "tools/call")
                .containsEntry("x-mcp-servername", "ns/one")
                .containsEntry("x-mcp-toolname", "alpha")
                .containsEntry(
                        "x-mcp-session-affinity",
                        SessionAffinity.of(new GatewaySessionId("s1"), route().key())
                                .value())
                .containsEntry("accept-encoding", "identity")
                .doesNotContainKeys("cookie", "proxy-authorization", "x-broken", "mcp-session-id");
        assertThat(sent.values()).doesNotContain("from-client");
    }

    @Test
    void clientsVersionAndFeaturesArePassedOn() {
        sessions.obtain(call("s1", Map.of(), new ClientFeatures(true, true, true), "2025-06-18"));

        assertThat(gateway.received().getFirst().body())
                .contains(
                        "\"protocolVersion\":\"2025-06-18\"",
                        "\"capabilities\":{\"elicitation\":{},\"sampling\":{},\"roots\":{}}");
    }

    @Test
    void fiftyCallsThatRaceMakeOneInitialize() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        gateway.behave((_, _, request) -> {
            if (request.method().equals("initialize")) {
                release.await();
            }
            return false;
        });

        List<Future<SessionOutcome>> outcomes = race(50);
        await().until(() -> gateway.count("initialize") == 1);
        release.countDown();

        for (Future<SessionOutcome> outcome : outcomes) {
            assertThat(outcome.get()).isInstanceOf(Ready.class);
        }
        assertThat(gateway.count("initialize")).isEqualTo(1);
    }

    @Test
    void failureIsSharedByWhoWaitedAndThenForgotten() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        gateway.behave((_, exchange, _) -> {
            release.await();
            FakeMcpServer.send(exchange, 503, "text/plain", "upstream connect error 10.0.0.7");
            return true;
        });
        List<Future<SessionOutcome>> outcomes = race(10);
        await().until(() -> gateway.count("initialize") == 1);
        release.countDown();
        for (Future<SessionOutcome> outcome : outcomes) {
            assertThat(outcome.get())
                    .isEqualTo(new Failed(
                            502, "cannot open a session with MCP server ns/one: the server answered HTTP 503"));
        }
        assertThat(gateway.count("initialize")).isEqualTo(1);

        gateway.behave(FakeMcpServer.Behaviour.NORMAL);

        assertThat(sessions.obtain(call("s1"))).isInstanceOf(Ready.class);
    }

    @Test
    void sessionsAndServersAreKeptApart() {
        sessions.obtain(call("s1"));
        gateway.sessionId("backend-2");

        assertThat(sessions.obtain(call("s2")))
                .isEqualTo(new Ready(new ServerSession(Optional.of("backend-2"), "2025-11-25")));
        assertThat(gateway.count("initialize")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 400, HTTP 400, x-other",
        "401, 502, by a policy, x-other",
        "401, 401, by a policy, WWW-Authenticate",
        "403, 403, by a policy, x-other",
        "404, 502, HTTP 404, x-other",
        "429, 429, HTTP 429, x-other",
        "302, 502, HTTP 302, x-other",
        "500, 502, HTTP 500, x-other",
    })
    void statusOfTheBackendDecidesTheStatusForTheClient(int theirs, int ours, String words, String header) {
        gateway.behave((_, exchange, _) -> {
            // The gateway lets no server's challenge pass: one is of a policy that did not like the caller's token.
            exchange.getResponseHeaders().set(header, "Bearer");
            FakeMcpServer.send(exchange, theirs, "text/plain", "internal details");
            return true;
        });

        assertThat(sessions.obtain(call("s1"))).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.status()).isEqualTo(ours);
            assertThat(failed.message())
                    .contains("ns/one", words)
                    .doesNotContain("internal", "127.0.0.1", "credential");
        });
        assertThat(meters.get("mcp_router_backend_initialize")
                        .tag("outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void silenceIsAGatewayTimeout() {
        gateway.behave((self, _, _) -> {
            self.hang();
            return true;
        });

        assertThat(sessions.obtain(call("s1"))).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.status()).isEqualTo(504);
            assertThat(failed.message()).contains("ns/one", "timed out");
        });
    }

    @Test
    void unreachableGatewayIsNotDescribedToClients() {
        gateway.close();

        assertThat(sessions.obtain(call("s1")))
                .isEqualTo(new Failed(
                        502,
                        "cannot open a session with MCP server ns/one: the server is not reachable through the"
                                + " gateway"));
    }

    @Test
    void refusedInitializedNotificationIsAFailure() {
        gateway.behave((_, exchange, request) -> {
            if (request.method().equals("notifications/initialized")) {
                FakeMcpServer.send(exchange, 404, "text/plain", "");
            }
            return request.method().equals("notifications/initialized");
        });

        assertThat(sessions.obtain(call("s1")))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.status()).isEqualTo(502));
        assertThat(store.find(new GatewaySessionId("s1"), route().key())).isEmpty();
    }

    @Test
    void sessionRevokedMeanwhileEndsTheNewBackendSession() {
        gateway.behave((_, _, request) -> {
            if (request.method().equals("initialize")) {
                store.revoke(call("s1").session());
            }
            return false;
        });

        assertThat(sessions.obtain(call("s1"))).isEqualTo(new Failed(404, "session not found"));
        assertThat(gateway.received().getLast().http()).isEqualTo("DELETE");
        assertThat(gateway.received().getLast().headers())
                .containsEntry("mcp-session-id", "backend-1")
                .containsEntry("mcp-init-host", "one.mcp.local");
    }

    @Test
    void interruptedCallerReturnsAndTheOthersStillGetTheSession() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        gateway.behave((_, _, request) -> {
            if (request.method().equals("initialize")) {
                release.await();
            }
            return false;
        });
        Thread first = Thread.ofVirtual().start(() -> sessions.obtain(call("s1")));
        await().until(() -> gateway.count("initialize") == 1);
        List<Future<SessionOutcome>> others = race(3);

        first.interrupt();
        assertThat(first.join(Duration.ofSeconds(2))).isTrue();
        release.countDown();

        for (Future<SessionOutcome> other : others) {
            assertThat(other.get()).isInstanceOf(Ready.class);
        }
        assertThat(gateway.count("initialize")).isEqualTo(1);
    }

    private List<Future<SessionOutcome>> race(int callers) {
        List<Future<SessionOutcome>> outcomes = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            FutureTask<SessionOutcome> task = new FutureTask<>(() -> sessions.obtain(call("s1")));
            Thread.ofVirtual().start(task);
            outcomes.add(task);
        }
        return outcomes;
    }

    private HairpinSessions sessions(URI gatewayUrl) {
        ServerAccess access = new ServerAccess(
                client,
                new HairpinSettings(gatewayUrl, Optional.empty(), Duration.ofMillis(1500), 1 << 20),
                tokens,
                () -> UUID.randomUUID().toString(),
                () -> RouteTable.EMPTY,
                InstantSource.system());
        return new HairpinSessions(
                access,
                store,
                new SessionDoubts(100),
                new ServerStreams(access, store, ServerRequestIds.withKey(KEY), new HairpinSubscriptions(access)),
                new GatewayMetrics(meters));
    }

    static CallServer call(String session) {
        return call(session, Map.of(), ClientFeatures.NONE, "2025-11-25");
    }

    static ServerRoute route() {
        return new ServerRoute(
                new ServerName("ns/one"),
                "one.mcp.local",
                "/custom/mcp?x=1",
                URI.create("http://one.ns.svc/custom/mcp?x=1"));
    }

    private static CallServer call(
            String session, Map<String, List<String>> headers, ClientFeatures features, String version) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"one_alpha\"}}";
        int start = body.indexOf("\"one_alpha\"");
        return new CallServer(
                new RequestHead("POST", "gateway", "/mcp", RequestHeaders.of(headers)),
                new GatewaySession(
                        new GatewaySessionId(session),
                        Instant.now().plusSeconds(3600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                        CallerBinding.ANONYMOUS,
                        Optional.empty(),
                        version,
                        features),
                "token",
                new CapabilityRoute(CapabilityKind.TOOL, route(), "alpha", ToolHints.UNSPECIFIED),
                new JsonRpcId("1"),
                "tools/call",
                new TextSpan("one_alpha", start, start + 11),
                RawJson.of(body));
    }
}
