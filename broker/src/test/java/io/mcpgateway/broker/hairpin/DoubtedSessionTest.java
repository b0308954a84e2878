package io.mcpgateway.broker.hairpin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.router.SessionOutcome.Ready;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a session that its server may have forgotten. */
@Timeout(60)
class DoubtedSessionTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef0123".getBytes(StandardCharsets.UTF_8);

    private final SessionStore store = new InMemorySessionStore(100, InstantSource.system());
    private final SessionDoubts doubts = new SessionDoubts(100);
    private final McpHttpClient client = new McpHttpClient();
    private FakeMcpServer gateway;
    private HairpinSessions sessions;

    @BeforeEach
    void start() throws IOException {
        gateway = FakeMcpServer.start();
        ServerAccess access = new ServerAccess(
                client,
                new HairpinSettings(
                        URI.create("http://127.0.0.1:" + gateway.port()),
                        Optional.empty(),
                        Duration.ofMillis(1500),
                        1 << 20),
                RouterTokens.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                () -> RouteTable.EMPTY,
                InstantSource.system());
        sessions = new HairpinSessions(
                access,
                store,
                doubts,
                new ServerStreams(access, store, ServerRequestIds.withKey(KEY), new HairpinSubscriptions(access)),
                new GatewayMetrics(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        // what the server answers to a ping in the session, whether the next call gets a new session
        "200, '{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{}}', false",
        "200, '{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32601,\"message\":\"no ping\"}}', false",
        "200, '{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32001,\"message\":\"who?\"}}', true",
        "400, bad, true",
        "401, log in, true",
        "404, gone, true",
        "410, gone, true",
        "500, oops, true",
        "503, busy, false",
    })
    void aSessionInDoubtIsReplacedIfTheServerDoesNotKnowIt(int status, String answer, boolean replaced) {
        SessionOutcome first = obtain();
        gateway.sessionId("backend-2").behave((_, exchange, request) -> {
            boolean ping = request.method().equals("ping");
            if (ping) {
                assertThat(request.headers()).containsEntry("Mcp-Session-Id", "backend-1");
                FakeMcpServer.send(
                        exchange, status, "application/json", answer.replace("ID", FakeMcpServer.id(request)));
            }
            return ping;
        });
        doubt();

        SessionOutcome second = obtain();

        assertThat(second)
                .isEqualTo(replaced ? new Ready(new ServerSession(Optional.of("backend-2"), "2025-11-25")) : first);
        assertThat(obtain()).isEqualTo(second);
        assertThat(gateway.count("ping")).isEqualTo(1);
    }

    @Test
    void aSessionInDoubtIsKeptWhereTheCallersCredentialIsWhatIsWrong() {
        SessionOutcome first = obtain();
        gateway.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, 401, "text/plain", "expired");
            return true;
        });
        doubt();

        assertThat(obtain()).isEqualTo(first);
    }

    private SessionOutcome obtain() {
        return sessions.obtain(HairpinSessionsTest.call("s1"));
    }

    private void doubt() {
        doubts.doubt(
                HairpinSessionsTest.call("s1").session().id(),
                HairpinSessionsTest.route().key(),
                Instant.now().minusSeconds(60));
    }
}
