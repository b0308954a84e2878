package io.mcpgateway.broker.hairpin;

import static io.mcpgateway.broker.hairpin.HairpinSessionsTest.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.router.SessionOutcome.Ready;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake server stands for the gateway listener together with the backend behind it. */
@Timeout(60)
class FreshSessionTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef0123".getBytes(StandardCharsets.UTF_8);

    private final SessionStore store = new InMemorySessionStore(100, InstantSource.system());
    private final McpHttpClient client = new McpHttpClient();
    private FakeMcpServer gateway;
    private HairpinSessions sessions;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    FreshSessionTest() {}

    @BeforeEach
    void start() throws IOException {
        gateway = FakeMcpServer.start();
        ServerAccess access = new ServerAccess(
                client,
                HairpinSettings.of(URI.create("http://127.0.0.1:" + gateway.port()), "localhost"),
                RouterTokens.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                () -> RouteTable.EMPTY,
                InstantSource.system());
        sessions = new HairpinSessions(
                access,
                store,
                new SessionDoubts(100),
                new ServerStreams(access, store, ServerRequestIds.withKey(KEY), new HairpinSubscriptions(access)),
                new GatewayMetrics(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void theClientsLogLevelReachesSessionsThatAreMadeLater() {
        gateway.capabilities("{\"tools\":{},\"logging\":{}}");
        store.setLogLevel(call("s1").session(), LogLevel.WARNING);

        sessions.obtain(call("s1"));
        sessions.obtain(call("s2"));

        assertThat(gateway.received())
                .extracting(FakeMcpServer.Received::method)
                .containsExactly(
                        "initialize",
                        "notifications/initialized",
                        "logging/setLevel",
                        "initialize",
                        "notifications/initialized");
        FakeMcpServer.Received told = gateway.received().get(2);
        assertThat(told.body()).contains("\"params\":{\"level\":\"warning\"}");
        assertThat(told.headers()).containsEntry("mcp-session-id", "backend-1");
    }

    @Test
    void aServerThatDoesNotLogIsNotToldTheLevel() {
        store.setLogLevel(call("s1").session(), LogLevel.WARNING);

        sessions.obtain(call("s1"));

        assertThat(gateway.count("logging/setLevel")).isZero();
    }

    @Test
    void aServerThatHangsOnTheLevelGetsItsCallAllTheSame() {
        gateway.capabilities("{\"tools\":{},\"logging\":{}}").behave((server, _, request) -> {
            if (request.method().equals("logging/setLevel")) {
                server.hang();
            }
            return false;
        });
        store.setLogLevel(call("s1").session(), LogLevel.WARNING);

        assertThat(sessions.obtain(call("s1"))).isInstanceOf(Ready.class);
    }
}
