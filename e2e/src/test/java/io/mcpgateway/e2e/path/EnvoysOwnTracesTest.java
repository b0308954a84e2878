package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.OtlpReceiver;
import io.mcpgateway.e2e.fixture.OtlpReceiver.Kind;
import io.mcpgateway.e2e.fixture.OtlpReceiver.Span;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An Envoy that traces, too: its spans and those of the gateway are one trace, also if the client begins none. */
class EnvoysOwnTracesTest extends WithGateway {
    private static final String ENVOY = "envoy-of-the-test";

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private OtlpReceiver collector;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private RecordingBackend server;

    EnvoysOwnTracesTest() {
        super(Front.ENVOY);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        front.envoy();
        collector = keep(OtlpReceiver.start());
        server = keep(RecordingBackend.start("echo"));
        TestGateway gateway = keep(TestGateway.startWith(
                front,
                List.of(ServerEntry.of("one", server.url())),
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url().toString(), "OTEL_BSP_SCHEDULE_DELAY", "50")));
        traced(gateway.envoyFolder());
        gateway.running().restartEnvoy();
        gateway.running().awaitReady(Duration.ofSeconds(30));
        gateway.awaitTools("the server's tool", List.of("one_echo")::equals);
        return gateway;
    }

    @Test
    void theGatewaysSpansAreWithinEnvoys() throws IOException {
        collector.forget();
        try (McpClient client = connect("", Map.of())) {
            assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
        }

        Span ours = collector.await(
                "the gateway's span",
                span -> span.kind() == Kind.SERVER && span.name().equals("tools/call one_echo"));
        Span question = spanOf(ours.parent());
        Span request = spanOf(question.parent());
        assertThat(List.of(question, request)).allSatisfy(span -> {
            assertThat(span.service()).isEqualTo(ENVOY);
            assertThat(span.trace()).isEqualTo(ours.trace());
        });
        // Envoy's own context takes the place of the gateway's in the header, but not in the message.
        assertThat(server.calls().getLast().header("traceparent").orElse("")).startsWith(request.traceparent());
        Span call = collector.await("the call", span -> span.parent().equals(ours.id()));
        assertThat(server.calls().getLast().body()).contains(call.traceparent());
    }

    private Span spanOf(String id) {
        return collector.await("Envoy's span " + id, span -> span.id().equals(id));
    }

    /** As an operator would: a tracer for the listener, and where to send its spans. */
    private void traced(Path folder) throws IOException {
        Path listeners = folder.resolve("lds.yaml");
        String prefix = "        stat_prefix: \"mcp\"\n";
        String before = Files.readString(listeners);
        assertThat(before).contains(prefix);
        int end = before.indexOf(prefix) + prefix.length();
        Files.writeString(
                listeners,
                before.substring(0, end) + """
                tracing:
                  provider:
                    name: envoy.tracers.opentelemetry
                    typed_config:
                      '@type': type.googleapis.com/envoy.config.trace.v3.OpenTelemetryConfig
                      service_name: %s
                      http_service:
                        http_uri: {uri: "%s/v1/traces", cluster: otlp, timeout: 1s}
                """.formatted(ENVOY, collector.url()).indent(8) + before.substring(end));
        Path clusters = folder.resolve("cds.yaml");
        Files.writeString(
                clusters,
                Files.readString(clusters) + """
                - '@type': type.googleapis.com/envoy.config.cluster.v3.Cluster
                  name: otlp
                  type: STATIC
                  load_assignment:
                    cluster_name: otlp
                    endpoints:
                    - lb_endpoints:
                      - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
                """.formatted(collector.url().getPort()));
    }
}
