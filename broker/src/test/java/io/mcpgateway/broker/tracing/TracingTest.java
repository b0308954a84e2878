package io.mcpgateway.broker.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.dispatch.RequestScopes;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.SpanMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of spans: they reach the collector, or they are counted. */
@Timeout(60)
class TracingTest {
    private static final RequestHead HEAD = new RequestHead("POST", "mcp.example.com", "/mcp", RequestHeaders.EMPTY);
    private static final RawJson CALL =
            RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger posts = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile boolean hangs;
    private HttpServer collector;

    @BeforeEach
    void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        collector.createContext("/v1/traces", exchange -> {
            exchange.getRequestBody().readAllBytes();
            posts.incrementAndGet();
            try (exchange) {
                if (hangs) {
                    released.await();
                }
                exchange.sendResponseHeaders(status, -1);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        collector.stop(0);
    }

    @Test
    void tracesAreWantedIfItIsSaidWhereToSendThem() {
        assertThat(wanted(Map.of())).isFalse();
        assertThat(wanted(Map.of("OTEL_TRACES_SAMPLER", "always_on"))).isFalse();
        assertThat(wanted(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "))).isFalse();
        assertThat(wanted(variables(Map.of()))).isTrue();
        assertThat(wanted(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4318/v1/traces")))
                .isTrue();
        assertThat(wanted(variables(Map.of("OTEL_SDK_DISABLED", "true")))).isFalse();
        assertThat(wanted(variables(Map.of("OTEL_TRACES_EXPORTER", "none")))).isFalse();
    }

    private static boolean wanted(Map<String, String> variables) {
        return new TraceVariables(variables).wanted();
    }

    @Test
    void aValueThatOpenTelemetryDoesNotAcceptIsNamed() {
        assertRefused("OTEL_TRACES_SAMPLER", "sometimes", "sometimes");
        assertRefused("OTEL_BSP_MAX_QUEUE_SIZE", "many", "otel.bsp.max.queue.size");
        assertRefused("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "must be a valid URL");
        assertRefused("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "GrpcSenderProvider");
    }

    @Test
    void whatMayBeSecretIsNotRepeated() {
        assertThatThrownBy(() -> start(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "s3cret"), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("otel.exporter.otlp.headers")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
        assertThatThrownBy(() -> start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "u:s3cret@c"), Duration.ofSeconds(1)))
                .hasMessageNotContaining("s3cret");
    }

    private void assertRefused(String name, String value, String word) {
        assertThatThrownBy(
                        () -> start(Map.of(name, value), Duration.ofSeconds(1)).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(word);
    }

    @Test
    void whatWaitsIsSentWhenTheProcessEnds() {
        Tracing tracing = start(Map.of("OTEL_BSP_SCHEDULE_DELAY", "60000"), Duration.ofSeconds(20));
        refuse(tracing, 10);
        assertThat(posts).hasValue(0);

        tracing.close();

        assertThat(counted("exported")).isEqualTo(10);
        assertThat(counted("dropped") + counted("failed")).isZero();
    }

    @Test
    void aCollectorThatRefusesCostsSpansAndNothingElse() {
        status = 400;
        Tracing tracing = start(Map.of("OTEL_BSP_SCHEDULE_DELAY", "20"), Duration.ofSeconds(20));

        refuse(tracing, 3);

        await().until(() -> counted("failed") == 3);
        status = 200;
        refuse(tracing, 2);
        await().until(() -> counted("exported") == 2);
        tracing.close();
    }

    @Test
    void aCollectorThatHangsDelaysNobodyAndEverySpanIsCounted() {
        hangs = true;
        Tracing tracing = start(
                Map.of(
                        "OTEL_BSP_SCHEDULE_DELAY", "20",
                        "OTEL_BSP_MAX_QUEUE_SIZE", "8",
                        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4"),
                Duration.ofMillis(300));

        refuse(tracing, 100);
        assertThat(counted("dropped")).isEqualTo(92);

        long begun = System.nanoTime();
        tracing.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(counted("dropped") + counted("failed")).isEqualTo(100);
    }

    @Test
    void whatIsNotSampledIsNeitherSentNorCounted() {
        Tracing tracing = start(Map.of("OTEL_TRACES_SAMPLER", "always_off"), Duration.ofSeconds(5));
        refuse(tracing, 5);
        tracing.close();

        assertThat(posts).hasValue(0);
        assertThat(counted("exported") + counted("dropped") + counted("failed")).isZero();
    }

    private Tracing start(Map<String, String> more, Duration patience) {
        return Tracing.start(
                new TraceVariables(variables(more)),
                new Tracing.Parts(
                        "1.2.3",
                        SessionTokens.withKey(new byte[32]),
                        new SnapshotCell(),
                        InstantSource.system(),
                        new SpanMetrics(meters),
                        patience));
    }

    private Map<String, String> variables(Map<String, String> more) {
        Map<String, String> all = new HashMap<>();
        all.put(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort());
        all.putAll(more);
        return all;
    }

    /** Each gives one span. */
    private static void refuse(Tracing tracing, int calls) {
        RouteDecision.Reject refusal = new RouteDecision.Reject(new Refusal(429, "application/json", RawJson.of("{}")));
        RequestDispatcher dispatcher = tracing.dispatcher(new RequestDispatcher() {
            @Override
            public RouteDecision.Complete beginWithoutBody(RequestHead head) {
                return refusal;
            }

            @Override
            public RouteDecision begin(RequestHead head, RawJson body) {
                return refusal;
            }

            @Override
            public RouteDecision.Complete finish(RouteDecision.Pending pending) {
                return refusal;
            }
        });
        for (int call = 0; call < calls; call++) {
            RequestScopes.Scope scope = tracing.scopes().begin(_ -> Optional.empty());
            scope.within(() -> dispatcher.begin(HEAD, CALL));
            scope.end();
        }
    }

    private double counted(String result) {
        return meters.get("mcp_broker_spans").tag("result", result).counter().count();
    }
}
