package io.mcpgateway.broker.discovery;

import static io.mcpgateway.broker.discovery.Configs.config;
import static io.mcpgateway.broker.discovery.Configs.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.FakeMcpServer.Behaviour;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.modern.ModernServer;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.era.ServerEras.LegacyLeg;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops against servers of both eras on the loopback, with intervals of milliseconds. */
@Timeout(60)
class ModernDiscoveryTest {
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(20), 1 << 20, 1 << 20);
    private static final DiscoveryTiming FAST = new DiscoveryTiming(
            Duration.ofMillis(150), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(20));
    private static final DiscoveryTiming SLOW = new DiscoveryTiming(
            Duration.ofMinutes(5), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(20));

    private final SnapshotCell cell = new SnapshotCell();
    private final McpHttpClient client = new McpHttpClient();
    private final LogLines log = new LogLines(DiscoveryLoop.class);
    private final ModernServer modern = new ModernServer();
    private DiscoverySupervisor supervisor = supervisor(FAST);
    private FakeMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        supervisor.stop(Duration.ofSeconds(10));
        client.close();
        server.close();
        log.close();
    }

    @Test
    void aServerThatOnlySpeaksTheModernRevisionIsServed() {
        run(modern);

        awaitTools("one_alpha");
        assertThat(report().eras()).isEqualTo(ServerEras.modern("2026-07-28"));
        assertThat(report().message())
                .isEqualTo("server added successfully. Total tools added 1; the server speaks only MCP 2026-07-28");
        assertThat(report().instructions().text()).isEqualTo("Ask me.");
        assertThat(log.at(Level.INFO)).singleElement().asString().endsWith("tools=1 protocol=2026-07-28");
        assertThat(server.received())
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("Authorization", "Bearer top-secret")
                        .containsKey("X-Mcp-Session-Affinity")
                        .doesNotContainKey("Mcp-Session-Id"));
    }

    @Test
    void aServerOfBothErasIsListedInTheModernOneAndItsSessionIsEnded() {
        run(modern.dual().tools("modern"));

        awaitTools("one_modern");
        assertThat(report().eras())
                .isEqualTo(new ServerEras(Optional.of(new LegacyLeg("2025-11-25", true)), List.of("2026-07-28")));
        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 1");
        await().until(() -> server.countHttp("DELETE") == 1);
    }

    @Test
    void aLegLegacyWithoutSessionsIsKnownAsSuch() {
        server.sessionId("");
        run(modern.dual());

        awaitTools("one_alpha");
        assertThat(report().eras().legacy()).contains(new LegacyLeg("2025-11-25", false));
    }

    /** What servers that only know initialize do with a request that they have never heard of. */
    static Stream<Arguments> oldServers() {
        return Stream.of(
                old("400 in plain text", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 400, "text/plain", "Bad Request: no session");
                    return true;
                }),
                old("400 with an error", (_, exchange, request) -> {
                    ModernServer.refuse(exchange, request, 400, -32000, "Bad Request: Server not initialized", "null");
                    return true;
                }),
                old("404", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 404, "text/html", "<p>");
                    return true;
                }),
                old("405", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 405, "text/plain", "");
                    return true;
                }),
                old("406", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 406, "text/plain", "");
                    return true;
                }),
                old("500", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 500, "text/plain", "NullPointerException");
                    return true;
                }),
                old("401", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 401, "text/plain", "");
                    return true;
                }),
                old("an error", (_, exchange, request) -> {
                    ModernServer.refuse(exchange, request, 200, -32601, "Method not found", "null");
                    return true;
                }),
                old("an empty result", (_, exchange, request) -> {
                    FakeMcpServer.result(exchange, request, "{}");
                    return true;
                }),
                old("plain text", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 200, "text/plain", "hello");
                    return true;
                }),
                old("202", (_, exchange, _) -> {
                    FakeMcpServer.send(exchange, 202, "text/plain", "");
                    return true;
                }),
                old("a closed connection", (_, exchange, _) -> {
                    exchange.close();
                    return true;
                }),
                old("silence", (self, _, _) -> {
                    self.hang();
                    return true;
                }),
                old("a stream that says nothing", (self, exchange, _) -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(": wait\n\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    self.hang();
                    return true;
                }),
                old("a refusal of our revision", (_, exchange, request) -> {
                    ModernServer.refuse(exchange, request, 400, -32022, "no", "{\"supported\":[\"2025-11-25\"]}");
                    return true;
                }));
    }

    private static Arguments old(String name, Behaviour behaviour) {
        return Arguments.of(name, behaviour);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oldServers")
    void aLegacyServerWorksAsBeforeAndSeesOneMoreRequestPerConnection(String name, Behaviour answer)
            throws InterruptedException {
        supervisor = supervisor(SLOW);
        run((self, exchange, request) ->
                request.method().equals("server/discover") && answer.answer(self, exchange, request));

        awaitTools("one_alpha");
        assertThat(report().eras()).isEqualTo(ServerEras.legacy("2025-11-25", true));
        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 1");
        TimeUnit.MILLISECONDS.sleep(50);
        // A connection that breaks is tried once more, as for every request that changes nothing.
        assertThat(server.count("server/discover")).isBetween(1L, name.equals("a closed connection") ? 2L : 1L);
        assertThat(server.received().getFirst().method()).isEqualTo("initialize");
        assertThat(server.count("initialize")).isEqualTo(1);
        assertThat(server.countHttp("DELETE")).isZero();
    }

    /** Some keep one session only, and forget it at each request that names none. */
    @Test
    void aServerThatTheQuestionDisturbsIsNotAskedAgain() {
        AtomicBoolean disturbed = new AtomicBoolean();
        run((_, exchange, request) -> {
            boolean named = request.headers().containsKey("Mcp-Session-Id");
            disturbed.set(!request.method().equals("initialize") && (disturbed.get() || !named));
            if (disturbed.get()) {
                FakeMcpServer.send(exchange, 400, "text/plain", "Bad Request: Server not initialized");
            }
            return disturbed.get();
        });

        awaitTools("one_alpha");
        long asked = server.count("server/discover");
        long lists = server.count("tools/list");
        await().until(() -> server.count("tools/list") > lists + 8);
        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 1");
        assertThat(server.count("server/discover"))
                .as("nor by the usual interval")
                .isEqualTo(asked);
        assertThat(asked).isEqualTo(1);
    }

    /** Python's SDK 1 did: each request without a session opened one. */
    @Test
    void aSessionThatALegacyServerOpensForTheQuestionIsEnded() {
        supervisor = supervisor(SLOW);
        run((_, exchange, request) -> {
            boolean asked = request.method().equals("server/discover");
            if (asked) {
                exchange.getResponseHeaders().set("Mcp-Session-Id", "opened-by-mistake");
                FakeMcpServer.send(exchange, 400, "application/json", "{}");
            }
            return asked;
        });

        awaitTools("one_alpha");
        await().until(() -> server.received().stream()
                .anyMatch(request -> request.http().equals("DELETE")
                        && "opened-by-mistake".equals(request.headers().get("Mcp-Session-Id"))));
        assertThat(server.countHttp("DELETE")).isEqualTo(1);
    }

    @Test
    void aServerThatIsDownIsAskedOnce() {
        run((_, exchange, _) -> {
            FakeMcpServer.send(exchange, 503, "text/plain", "");
            return true;
        });

        await().until(() -> report().phase() == Phase.FAILED);
        assertThat(report().message()).isEqualTo("initialize failed: the server answered HTTP 503");
        assertThat(server.count("server/discover")).isZero();
    }

    @Test
    void aServerOfTheFutureIsRefusedWithWordsThatSayWhy() {
        run(modern.versions("2027-01-01"));

        await().until(() -> report().phase() == Phase.FAILED);
        assertThat(report().message())
                .isEqualTo("server/discover failed: the server speaks only MCP 2027-01-01; "
                        + "the gateway speaks 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25, 2026-07-28");
    }

    @Test
    void aServerThatLearnsTheModernRevisionIsNoticedAndOneThatForgetsIt() {
        run(Behaviour.NORMAL);
        awaitTools("one_alpha");
        assertThat(report().eras().speaksModern()).isFalse();

        server.behave(modern.dual().tools("modern"));
        awaitTools("one_modern");
        assertThat(report().eras().speaksModern()).isTrue();

        server.behave(Behaviour.NORMAL);
        awaitTools("one_alpha");
        await().until(() -> !report().eras().speaksModern());
    }

    @Test
    void aModernServerWhoseDeclarationsChangeIsListedAnew() {
        run(modern.capabilities("{}"));
        await().until(() -> report().phase() == Phase.READY);
        assertThat(report().message()).contains("declares no tools capability");

        modern.capabilities("{\"tools\":{}}");

        awaitTools("one_alpha");
    }

    @Test
    void announcedChangesAreListedAtOnceAndASubscriptionThatEndsIsOpenedAgain() throws IOException {
        supervisor = supervisor(SLOW);
        run(modern.capabilities("{\"tools\":{\"listChanged\":true},\"prompts\":{}}")
                .result("prompts/list", "{\"resultType\":\"complete\",\"prompts\":[]}"));
        awaitTools("one_alpha");
        await().until(() -> modern.openSubscriptions() == 1);
        assertThat(server.received())
                .filteredOn(request -> request.method().equals("subscriptions/listen"))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.body()).contains("\"notifications\":{\"toolsListChanged\":true}"));
        assertThat(report().capabilities().has(Capability.TOOLS_LIST_CHANGED)).isTrue();

        modern.tools("alpha", "beta").push("notifications/tools/list_changed");
        awaitTools("one_alpha", "one_beta");

        modern.tools("gamma").endSubscriptions();
        await().until(() -> modern.openSubscriptions() == 1);
        awaitTools("one_gamma");
    }

    @Test
    void aListIsReadAgainWhenItsTimeIsOver() {
        supervisor = supervisor(SLOW);
        run(modern.toolsFor(100, "private", FakeMcpServer.tool("alpha")));
        awaitTools("one_alpha");
        assertThat(report().privateLists()).containsExactly(CapabilityKind.TOOL);

        modern.tools("beta");

        awaitTools("one_beta");
        assertThat(report().privateLists()).isEmpty();
    }

    @Test
    void pagesAreFollowedAndAnEmptyCursorIsOne() {
        run((self, exchange, request) -> {
            boolean second =
                    request.method().equals("tools/list") && request.body().contains("\"cursor\":\"\"");
            if (second) {
                FakeMcpServer.result(exchange, request, "{\"tools\":[" + FakeMcpServer.tool("b") + "]}");
            }
            return second || modern.answer(self, exchange, request);
        });
        modern.result(
                "tools/list",
                "{\"resultType\":\"complete\",\"tools\":[" + FakeMcpServer.tool("a") + "],\"nextCursor\":\"\"}");

        awaitTools("one_a", "one_b");
    }

    @Test
    void aListThatAsksForSomethingIsAFailure() {
        run(modern.result("tools/list", "{\"resultType\":\"input_required\",\"tools\":[]}"));

        await().until(() -> report().phase() == Phase.FAILED);
        assertThat(report().message())
                .contains("tools/list failed: the result of tools/list has resultType \"input_required\"");
    }

    @Test
    void aToolWithAnAnnotationThatIsNotAllowedIsLeftOut() {
        run(modern.toolsFor(
                0,
                "public",
                FakeMcpServer.tool("good"),
                "{\"name\":\"bad\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":"
                        + "{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}}"));

        awaitTools("one_good");
        assertThat(report().message())
                .contains("1 not served: bad (inputSchema.properties.a.x-mcp-header must be on a property of type "
                        + "string, integer or boolean)");
    }

    private DiscoverySupervisor supervisor(DiscoveryTiming timing) {
        return new DiscoverySupervisor(
                cell,
                new DiscoveryContext(
                        client,
                        LIMITS,
                        timing,
                        InstantSource.system(),
                        () -> 0.5,
                        new GatewayMetrics(new SimpleMeterRegistry()),
                        report -> cell.update(snapshot -> snapshot.withReport(report)),
                        _ -> {}));
    }

    private void run(Behaviour behaviour) {
        server.behave(behaviour);
        cell.update(snapshot -> snapshot.withConfig(config(one(server)), "hash"));
        supervisor.start();
    }

    private ServerReport report() {
        return Objects.requireNonNull(cell.get()
                .reports()
                .getOrDefault(new ServerName("ns/one"), ServerReport.connecting(new ServerName("ns/one"))));
    }

    private void awaitTools(String... names) {
        await().until(() -> List.copyOf(
                        cell.get().catalog().of(CapabilityKind.TOOL).keySet())
                .equals(List.of(names)));
    }
}
