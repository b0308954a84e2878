package io.mcpgateway.broker.hairpin;

import static io.mcpgateway.broker.hairpin.Exchange.route;
import static io.mcpgateway.broker.hairpin.Exchange.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionAffinity;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake server stands for the gateway listener together with the backends behind it. */
@Timeout(60)
class HairpinLinkTest {
    private static final GatewaySession SESSION = session("s1");
    private static final ServerRoute ONE = route("one", "/mcp?x=1");
    private static final ServerRoute TWO = route("two", "/two");
    private static final ServerSession A = new ServerSession(Optional.of("a"), "2025-06-18");
    private static final ServerSession B = new ServerSession(Optional.of("b"), "2025-11-25");
    private static final ServerSession NONE = new ServerSession(Optional.empty(), "2025-11-25");
    private static final RawJson CANCELLED =
            RawJson.of("{ \"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1e2}}");
    private static final RequestHeaders CLIENT =
            RequestHeaders.of(Map.of("authorization", List.of("Bearer of-the-user"), "mcp-session-id", List.of("jwt")));

    private final RouterTokens tokens =
            RouterTokens.withKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private final SessionStore store = new InMemorySessionStore(100, InstantSource.system());
    private final McpHttpClient client = new McpHttpClient();
    private FakeMcpServer gateway;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    HairpinLinkTest() {}

    @BeforeEach
    void start() throws IOException {
        gateway = FakeMcpServer.start();
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void endedSessionsAreDeletedAtTheirServersThroughTheGateway() {
        link(10).ended(CLIENT, SESSION.id(), List.of(entry(ONE, A), entry(TWO, B)));

        await().untilAsserted(() -> assertThat(gateway.countHttp("DELETE")).isEqualTo(2));
        FakeMcpServer.Received one = received("/mcp?x=1");
        assertThat(one.headers())
                .containsEntry("mcp-session-id", "a")
                .containsEntry("mcp-protocol-version", "2025-06-18")
                .containsEntry("authorization", "Bearer of-the-user")
                .containsEntry("x-mcp-servername", "ns/one")
                .containsEntry(
                        "x-mcp-session-affinity",
                        SessionAffinity.of(SESSION.id(), ONE.key()).value())
                .containsEntry("mcp-init-host", "one.mcp.local");
        String token = Objects.requireNonNull(one.headers().get("router-key"));
        assertThat(tokens.verify(token, "one.mcp.local", Instant.now())).isInstanceOf(RouterTokenVerdict.Valid.class);
        assertThat(received("/two").headers()).containsEntry("mcp-session-id", "b");
    }

    @Test
    void serversWithoutSessionsOrThatLeftAreNotAsked() {
        SessionStore.Entry gone = new SessionStore.Entry(new ServerKey("ns/gone@1"), A);

        link(10).ended(CLIENT, SESSION.id(), List.of(entry(ONE, NONE), gone, entry(TWO, B)));

        await().untilAsserted(() -> assertThat(gateway.countHttp("DELETE")).isEqualTo(1));
        assertThat(gateway.received()).hasSize(1);
        assertThat(received("/two").headers()).containsEntry("mcp-session-id", "b");
    }

    @Test
    void deadGatewayChangesNothingForTheCaller() {
        gateway.close();

        link(10).ended(CLIENT, SESSION.id(), List.of(entry(ONE, A)));
        store.put(SESSION, ONE.key(), A);
        link(10).notified(CLIENT, SESSION.id(), "notifications/cancelled", CANCELLED);

        assertThat(store.find(SESSION.id(), ONE.key())).contains(A);
    }

    @Test
    void notificationReachesEveryBackendSessionByteForByte() {
        store.put(SESSION, ONE.key(), A);
        store.put(SESSION, TWO.key(), NONE);

        link(10).notified(CLIENT, SESSION.id(), "notifications/cancelled", CANCELLED);

        assertThat(gateway.received())
                .extracting(FakeMcpServer.Received::body)
                .containsExactly(CANCELLED.toString(), CANCELLED.toString());
        assertThat(received("/mcp?x=1").headers())
                .containsEntry("mcp-session-id", "a")
                .containsEntry("x-mcp-method", "notifications/cancelled");
        assertThat(received("/two").headers()).doesNotContainKey("mcp-session-id");
    }

    @Test
    void backendThatForgotItsSessionLosesTheMapping() {
        store.put(SESSION, ONE.key(), A);
        gateway.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, 404, "text/plain", "");
            return true;
        });

        link(10).notified(CLIENT, SESSION.id(), "notifications/cancelled", CANCELLED);

        assertThat(store.find(SESSION.id(), ONE.key())).isEmpty();
    }

    @Test
    void theLogLevelGoesToTheSessionsOfTheServersThatAreNamed() {
        store.put(SESSION, ONE.key(), A);
        store.put(SESSION, TWO.key(), B);

        link(10).logLevelSet(CLIENT, SESSION.id(), LogLevel.ERROR, Set.of(TWO.key()));

        FakeMcpServer.Received told = received("/two");
        assertThat(gateway.received()).containsExactly(told);
        assertThat(told.body()).contains("\"method\":\"logging/setLevel\",\"params\":{\"level\":\"error\"}");
        assertThat(told.headers())
                .containsEntry("mcp-session-id", "b")
                .containsEntry("x-mcp-method", "logging/setLevel")
                .containsEntry("authorization", "Bearer of-the-user");
    }

    @Test
    void hangingBackendDelaysOnlyForAShortTime() {
        store.put(SESSION, ONE.key(), A);
        store.put(SESSION, TWO.key(), B);
        gateway.behave((server, _, request) -> {
            if (request.path().startsWith("/mcp")) {
                server.hang();
            }
            return false;
        });

        long start = System.nanoTime();
        link(10).notified(CLIENT, SESSION.id(), "notifications/cancelled", CANCELLED);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(received("/two").body()).isEqualTo(CANCELLED.toString());
    }

    @Test
    void moreThanThereIsRoomForIsDropped() {
        gateway.behave((server, _, _) -> {
            server.hang();
            return true;
        });
        HairpinLink link = link(1);

        link.ended(CLIENT, SESSION.id(), List.of(entry(ONE, A)));
        await().until(() -> gateway.countHttp("DELETE") == 1);
        store.put(SESSION, TWO.key(), B);
        link.notified(CLIENT, SESSION.id(), "notifications/cancelled", CANCELLED);

        assertThat(gateway.received()).hasSize(1);
    }

    private HairpinLink link(int maxMessages) {
        ServerAccess access = new ServerAccess(
                client,
                HairpinSettings.of(URI.create("http://127.0.0.1:" + gateway.port()), "localhost"),
                tokens,
                () -> UUID.randomUUID().toString(),
                () -> RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE, TWO), List.of()),
                InstantSource.system());
        ServerRequestIds ids =
                ServerRequestIds.withKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        return new HairpinLink(
                access, store, new ServerStreams(access, store, ids, new HairpinSubscriptions(access)), maxMessages);
    }

    private FakeMcpServer.Received received(String path) {
        return gateway.received().stream()
                .filter(request -> request.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static SessionStore.Entry entry(ServerRoute server, ServerSession backend) {
        return new SessionStore.Entry(server.key(), backend);
    }
}
