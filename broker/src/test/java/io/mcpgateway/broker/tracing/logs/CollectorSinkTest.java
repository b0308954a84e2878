package io.mcpgateway.broker.tracing.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mcpgateway.broker.tracing.TraceVariables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A line is there when the collector says so. */
@Timeout(60)
class CollectorSinkTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile boolean hangs;
    private HttpServer collector;

    @BeforeEach
    void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        collector.createContext("/v1/logs", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try (exchange) {
                if (hangs) {
                    released.await();
                }
                if (status == 200) {
                    bodies.add(body);
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
    void linesAreWrittenWhenTheCollectorHasThem() throws IOException {
        try (CollectorSink sink = sink(Map.of())) {
            sink.write(List.of("{\"one\":1}", "{\"two\":2}"));
            assertThat(bodies).singleElement().asString().contains("{\"one\":1}", "{\"two\":2}", "mcp-gateway");

            sink.write(List.of("{\"three\":3}"));
            assertThat(bodies).hasSize(2).last().asString().contains("three").doesNotContain("one");
        }
    }

    @Test
    void linesAreNotWrittenIfTheCollectorRefusesThem() throws IOException {
        try (CollectorSink sink = sink(Map.of())) {
            status = 400;
            assertFails(sink);

            status = 200;
            sink.write(List.of("{\"next\":1}"));
            assertThat(bodies).singleElement().asString().contains("next").doesNotContain("lost");
        }
    }

    @Test
    void linesAreNotWrittenIfTheCollectorSaysNothingInTime() throws IOException {
        try (CollectorSink sink = sink(Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "200"))) {
            hangs = true;
            assertFails(sink);
        }
    }

    @Test
    void linesAreNotWrittenIfThereIsNoCollector() throws IOException {
        try (CollectorSink sink = sink(Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "200"))) {
            collector.stop(0);
            assertFails(sink);
        }
    }

    @Test
    void aValueThatOpenTelemetryDoesNotAcceptIsNamedAndASecretOneIsNot() {
        assertThatThrownBy(() -> sink(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GrpcSenderProvider");
        assertThatThrownBy(() -> sink(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "s3cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("otel.exporter.otlp.headers")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void whereLogsGoIsSaidByEitherEndpoint() {
        assertThat(new TraceVariables(Map.of()).sayWhereLogsGo()).isFalse();
        assertThat(new TraceVariables(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c/v1/traces"))
                        .sayWhereLogsGo())
                .isFalse();
        assertThat(variables(Map.of()).sayWhereLogsGo()).isTrue();
        assertThat(variables(Map.of("OTEL_SDK_DISABLED", "true")).sayWhereLogsGo())
                .isFalse();
        TraceVariables logsOnly = new TraceVariables(Map.of("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://c/v1/logs"));
        assertThat(logsOnly.sayWhereLogsGo()).isTrue();
        assertThat(logsOnly.wanted()).as("traces").isFalse();
    }

    private static void assertFails(CollectorSink sink) {
        assertThatThrownBy(() -> sink.write(List.of("{\"lost\":1}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the collector did not take them");
    }

    private CollectorSink sink(Map<String, String> more) {
        return CollectorSink.of(variables(more), "1.0");
    }

    private TraceVariables variables(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort()));
        all.putAll(more);
        return new TraceVariables(all);
    }
}
