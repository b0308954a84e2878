package io.mcpgateway.broker.hairpin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.session.RouterTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake server stands for the gateway's listener and the server behind it. */
@Timeout(60)
class ReachTrialTest {
    private static final ServerRoute ONE = new ServerRoute(
            new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one.ns.svc:9090/mcp"));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-01T10:00:00Z"));
    private final McpHttpClient client = new McpHttpClient();
    private FakeMcpServer gateway;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    ReachTrialTest() {}

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
    void aSessionIsOpenedUsedAndEndedOnTheWayOfCalls() throws Exception {
        gateway.sessionId("s-1");

        assertThat(trial().of("ns/one")).hasValueSatisfying(reach -> {
            assertThat(reach.outcome()).isEqualTo(ServerReach.REACHED);
            assertThat(reach.detail()).isEmpty();
        });
        assertThat(gateway.received())
                .extracting(FakeMcpServer.Received::method)
                .startsWith("initialize", "notifications/initialized", "ping");
        assertThat(gateway.countHttp("DELETE")).isEqualTo(1);
        assertThat(gateway.received())
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("mcp-init-host", "one.mcp.local")
                        .containsEntry("x-mcp-servername", "ns/one")
                        .doesNotContainKey("authorization"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, refused, HTTP 401",
        "403, refused, HTTP 403",
        "404, failed, HTTP 404",
        "503, failed, HTTP 503: upstream connect error",
    })
    void whatStandsInTheWayIsSaid(int status, String outcome, String detail) throws Exception {
        gateway.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, status, "text/plain", "upstream connect error");
            return true;
        });

        assertThat(trial().of("ns/one")).hasValueSatisfying(reach -> {
            assertThat(reach.outcome()).isEqualTo(outcome);
            assertThat(reach.detail()).contains(detail);
        });
    }

    /** As when something on the way takes the session's header. */
    @Test
    void aSessionThatCannotBeUsedIsAFailure() throws Exception {
        gateway.sessionId("s-1").behave((_, exchange, request) -> {
            boolean ping = request.method().equals("ping");
            if (ping) {
                FakeMcpServer.send(exchange, 400, "text/plain", "Missing session ID");
            }
            return ping;
        });

        assertThat(trial().of("ns/one")).hasValueSatisfying(reach -> {
            assertThat(reach.outcome()).isEqualTo(ServerReach.FAILED);
            assertThat(reach.detail())
                    .contains("a ping in a session that was just opened", "HTTP 400: Missing session ID");
        });
    }

    @Test
    void aServerIsNotTriedAgainAtOnce() throws Exception {
        ReachTrial trial = trial();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                askers.execute(() -> ask(trial));
            }
        }
        assertThat(gateway.count("initialize")).isEqualTo(1);

        now.updateAndGet(time -> time.plus(Duration.ofSeconds(4)));
        trial.of("ns/one");
        assertThat(gateway.count("initialize")).isEqualTo(2);
    }

    @Test
    void nobodyIsAskedForAServerThatIsNotServed() throws Exception {
        assertThat(trial().of("ns/two")).isEmpty();
        assertThat(gateway.received()).isEmpty();
    }

    private static void ask(ReachTrial trial) {
        try {
            trial.of("ns/one");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private ReachTrial trial() {
        return new ReachTrial(new ServerAccess(
                client,
                HairpinSettings.of(URI.create("http://127.0.0.1:" + gateway.port()), "localhost"),
                RouterTokens.withKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)),
                () -> UUID.randomUUID().toString(),
                () -> RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE), List.of()),
                now::get));
    }
}
