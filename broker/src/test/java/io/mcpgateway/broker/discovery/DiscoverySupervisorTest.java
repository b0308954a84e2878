package io.mcpgateway.broker.discovery;

import static io.mcpgateway.broker.discovery.Configs.config;
import static io.mcpgateway.broker.discovery.Configs.named;
import static io.mcpgateway.broker.discovery.Configs.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops against real servers on the loopback, with intervals of milliseconds. */
@Timeout(60)
class DiscoverySupervisorTest {
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(20), 1 << 20, 1 << 20);
    private static final DiscoveryTiming TIMING = new DiscoveryTiming(
            Duration.ofMillis(150), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(20));
    private static final String LIST_CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SnapshotCell cell = new SnapshotCell();
    private final McpHttpClient client = new McpHttpClient();
    private final List<FakeMcpServer> servers = new ArrayList<>();
    private final List<ServerName> renewed = new CopyOnWriteArrayList<>();
    private final List<ServerReport> published = new CopyOnWriteArrayList<>();
    private final LogLines log = new LogLines(DiscoveryLoop.class);
    private DiscoverySupervisor supervisor = supervisor(TIMING, LIMITS);
    private FakeMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = newServer();
    }

    @AfterEach
    void stop() throws InterruptedException {
        supervisor.stop(Duration.ofSeconds(10));
        client.close();
        servers.forEach(FakeMcpServer::close);
        log.close();
    }

    @Test
    void everyPageIsListedAndServed() {
        server.behave((_, exchange, request) -> {
            if (!request.method().equals("tools/list")) {
                return false;
            }
            String page = request.body().contains("\"cursor\":\"p \\\"2\"")
                    ? "{\"tools\":[" + FakeMcpServer.tool("b") + "]}"
                    : "{\"tools\":[" + FakeMcpServer.tool("a") + "],\"nextCursor\":\"p \\\"2\"}";
            FakeMcpServer.result(exchange, request, page);
            return true;
        });

        run(config(one(server)));

        awaitTools("one_a", "one_b");
        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 2");
        assertThat(meters.get("mcp_broker_tools_discovered").gauge().value()).isEqualTo(2);
        assertThat(server.received().getFirst().headers())
                .containsEntry("User-Agent", "mcp-broker")
                .containsEntry("Authorization", "Bearer top-secret");
        assertThat(server.received().stream().map(request -> request.headers().get("X-Mcp-Session-Affinity")))
                .doesNotContainNull()
                .containsOnly(server.received().getFirst().headers().get("X-Mcp-Session-Affinity"));
    }

    @Test
    void discoveryLogsOneLineWithoutSecrets() {
        run(config(one(server, URI.create(server.url() + "?key=hidden"))));
        awaitTools("one_alpha");

        assertThat(log.at(Level.INFO))
                .containsExactly("Discovered tools server=ns/one url=" + server.url()
                        + " prefix=one_ tools=1 protocol=2025-11-25");
        assertThat(log.all()).noneMatch(line -> line.contains("top-secret"));
    }

    @Test
    void cursorLoopIsAFailureThatSaysSo() {
        server.behave((_, exchange, request) -> {
            if (request.method().equals("tools/list")) {
                FakeMcpServer.result(exchange, request, "{\"tools\":[],\"nextCursor\":\"again\"}");
            }
            return request.method().equals("tools/list");
        });

        run(config(one(server)));

        await().until(() -> report().phase() == Phase.FAILED);
        assertThat(report().message()).contains("cursor loop");
    }

    @Test
    void announcedChangeIsServedLongBeforeTheNextCheck() throws IOException {
        supervisor = supervisor(
                new DiscoveryTiming(
                        Duration.ofHours(1), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(20)),
                LIMITS);
        server.watchable();
        run(config(one(server)));
        awaitTools("one_alpha");
        await().until(() -> server.openStreams() == 1 && server.count("tools/list") >= 2);

        server.tools(FakeMcpServer.tool("beta"));
        server.push(LIST_CHANGED);

        awaitTools("one_beta");
    }

    @Test
    void watchIsReopenedAfterTheServerClosesIt() throws IOException {
        server.watchable();
        run(config(one(server)));
        await().until(() -> server.openStreams() == 1);

        server.dropStreams();

        await().until(() -> server.openStreams() == 1);
        server.tools(FakeMcpServer.tool("gamma"));
        server.push(LIST_CHANGED);
        awaitTools("one_gamma");
    }

    @Test
    void editedToolIsServedAnew() {
        run(config(one(server)));
        awaitTools("one_alpha");

        server.tools("{\"name\":\"alpha\",\"inputSchema\":{\"type\":\"object\"},\"description\":\"edited\"}");

        await().until(() -> cell.get().catalog().of(CapabilityKind.TOOL).values().stream()
                .anyMatch(tool -> tool.json().toString().contains("edited")));
    }

    @Test
    void lostSessionIsReplacedWithoutLosingTools() {
        AtomicBoolean lose = new AtomicBoolean();
        server.behave((_, exchange, request) -> {
            boolean old = lose.get() && "backend-1".equals(request.headers().get("Mcp-Session-Id"));
            if (old) {
                FakeMcpServer.send(exchange, 404, "text/plain", "");
            }
            return old;
        });
        run(config(one(server)));
        awaitTools("one_alpha");

        server.sessionId("backend-2");
        lose.set(true);

        await().until(() -> server.received().stream()
                .anyMatch(request -> request.method().equals("tools/list")
                        && "backend-2".equals(request.headers().get("Mcp-Session-Id"))));
        assertThat(renewed).containsExactly(new ServerName("ns/one"));
        assertThat(published)
                .allMatch(report -> report.listing(CapabilityKind.TOOL).items().size() == 1);
    }

    @Test
    void downServerLosesItsToolsAfterThreeAttemptsAndRecoversByItself() throws IOException {
        run(config(one(server)));
        awaitTools("one_alpha");
        int port = server.port();
        server.close();

        await().until(() -> report().phase() == Phase.FAILED);
        assertThat(report().message()).contains("connection refused; tools removed after 3 failed attempts");
        assertThat(cell.get().catalog().of(CapabilityKind.TOOL)).isEmpty();
        assertThat(published.stream().filter(report -> report.message().contains("tools are kept")))
                .isNotEmpty()
                .allMatch(report -> report.listing(CapabilityKind.TOOL).items().size() == 1);
        assertThat(log.at(Level.INFO).getLast()).endsWith("tools=0 protocol=2025-11-25");

        servers.add(FakeMcpServer.start(port));
        awaitTools("one_alpha");
    }

    @Test
    void refusedCredentialWarnsOnceWithTheWordAuth() {
        server.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, 401, "text/plain", "");
            return true;
        });

        run(config(one(server)));

        await().until(() -> server.count("initialize") >= 4);
        assertThat(log.at(Level.WARN)).singleElement().asString().contains("auth", "HTTP 401", "ns/one");
        assertThat(report().message()).contains("auth failed");
    }

    @Test
    void errorThatQuotesTheCredentialIsWithheld() {
        server.behave((_, exchange, request) -> {
            String error = "\"error\":{\"code\":-32000,\"message\":\"bad key top-secret\"}";
            FakeMcpServer.send(
                    exchange,
                    200,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request) + "," + error + "}");
            return true;
        });

        run(config(one(server)));

        await().until(() -> report().phase() == Phase.FAILED);
        assertThat(report().message()).contains("error -32000", "withheld").doesNotContain("top-secret");
        assertThat(log.at(Level.WARN)).isNotEmpty().noneMatch(line -> line.contains("top-secret"));
    }

    @Test
    void hangingServerDelaysNobody() throws IOException {
        FakeMcpServer good = newServer();
        server.behave((self, _, _) -> {
            self.hang();
            return true;
        });

        supervisor = supervisor(TIMING, HttpLimits.DEFAULT);
        run(config(one(server), named("ns/two", good.url(), "two_", "Bearer x")));

        await().until(() -> servedNames().contains("two_alpha"));
        assertThat(report().phase()).isEqualTo(Phase.CONNECTING);
    }

    @Test
    void unchangedServerIsNotPublishedAgain() {
        run(config(one(server)));
        await().until(() -> server.count("tools/list") >= 4);

        assertThat(published).hasSize(1);
    }

    @Test
    void removedServerIsForgottenAndItsSessionEnded() {
        run(config(one(server)));
        awaitTools("one_alpha");

        configure(config());

        await().until(() -> server.countHttp("DELETE") == 1);
        assertThat(cell.get().catalog().of(CapabilityKind.TOOL)).isEmpty();
        assertThat(meters.find("mcp_broker_tools_discovered").gauges())
                .as("else an alarm on servers without tools would never end")
                .isEmpty();
    }

    @Test
    void disabledServerIsNotConnectedTo() throws IOException {
        FakeMcpServer other = newServer();
        McpServer off = new McpServer(
                new ServerName("ns/off"),
                other.url(),
                "off.mcp.local",
                "off_",
                Optional.empty(),
                McpServer.State.DISABLED);

        run(config(one(server), off));

        awaitTools("one_alpha");
        assertThat(other.received()).isEmpty();
    }

    @Test
    void prefixChangeNeedsNoNewConnection() {
        run(config(one(server)));
        awaitTools("one_alpha");

        configure(config(named("ns/one", server.url(), "uno_", "Bearer top-secret\n")));

        awaitTools("uno_alpha");
        assertThat(server.count("initialize")).isEqualTo(1);
    }

    @Test
    void credentialChangeMakesANewConnectionWithTheToolsKept() {
        run(config(one(server)));
        awaitTools("one_alpha");

        configure(config(named("ns/one", server.url(), "one_", "Bearer other")));

        await().until(() -> server.received().stream()
                .anyMatch(request -> request.method().equals("tools/list")
                        && "Bearer other".equals(request.headers().get("Authorization"))));
        assertThat(published)
                .allMatch(report -> report.listing(CapabilityKind.TOOL).items().size() == 1);
        await().until(() -> server.countHttp("DELETE") == 1);
    }

    @Test
    void addressThatFailsKeepsTheOldToolsForTwoAttempts() throws IOException {
        run(config(one(server)));
        awaitTools("one_alpha");
        FakeMcpServer dead = newServer();
        URI gone = dead.url();
        dead.close();

        configure(config(named("ns/one", gone, "one_", "Bearer top-secret")));

        await().until(() -> report().phase() == Phase.FAILED);
        assertThat(report().message()).contains("tools removed after 3 failed attempts");
        assertThat(published.stream().filter(report -> report.message().contains("tools are kept")))
                .isNotEmpty();
    }

    @Test
    void stoppingEndsEveryLoopAndSessionEvenOfAHangingServer() throws Exception {
        FakeMcpServer hanging = newServer();
        hanging.behave((self, _, _) -> {
            self.hang();
            return true;
        });
        run(config(one(server), named("ns/two", hanging.url(), "two_", "Bearer x")));
        awaitTools("one_alpha");

        supervisor.stop(Duration.ofSeconds(5));

        assertThat(server.countHttp("DELETE")).isEqualTo(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("upstream-"));
        int before = published.size();
        configure(config());
        assertThat(published).hasSize(before);
    }

    private DiscoverySupervisor supervisor(DiscoveryTiming timing, HttpLimits limits) {
        return new DiscoverySupervisor(
                cell,
                new DiscoveryContext(
                        client,
                        limits,
                        timing,
                        InstantSource.system(),
                        () -> 0.5,
                        new GatewayMetrics(meters),
                        report -> {
                            published.add(report);
                            cell.update(snapshot -> snapshot.withReport(report));
                        },
                        renewed::add));
    }

    private FakeMcpServer newServer() throws IOException {
        FakeMcpServer fake = FakeMcpServer.start();
        servers.add(fake);
        return fake;
    }

    private void run(BrokerConfig config) {
        configure(config);
        supervisor.start();
    }

    private void configure(BrokerConfig config) {
        cell.update(snapshot -> snapshot.withConfig(config, "hash"));
    }

    private ServerReport report() {
        return Objects.requireNonNull(cell.get().reports().get(new ServerName("ns/one")));
    }

    private List<String> servedNames() {
        return List.copyOf(cell.get().catalog().of(CapabilityKind.TOOL).keySet());
    }

    private void awaitTools(String... names) {
        await().until(() -> servedNames().equals(List.of(names)));
    }
}
