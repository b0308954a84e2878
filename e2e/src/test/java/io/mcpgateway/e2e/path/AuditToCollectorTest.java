package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.OtlpReceiver;
import io.mcpgateway.e2e.fixture.OtlpReceiver.LogRecord;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Audit lines that a collector gets before calls go on: without the collector, no call is made. */
class AuditToCollectorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void aCallIsOnlyMadeIfTheCollectorHasItsLine() throws IOException {
        try (OtlpReceiver collector = OtlpReceiver.start();
                RecordingBackend server = RecordingBackend.start("echo");
                TestGateway gateway = TestGateway.startWith(
                        Front.EMBEDDED,
                        List.of(ServerEntry.of("one", server.url())),
                        Map.of(
                                "MCP_AUDIT_LOG", "otlp",
                                "MCP_AUDIT_LOG_MODE", "blocking-strict",
                                "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", collector.url() + "/v1/logs"))) {
            gateway.awaitTools("the server's tool", List.of("one_echo")::equals);
            try (McpClient client = gateway.connect()) {
                hasItsLine(client, collector);

                int made = server.calls().size();
                collector.stop();
                for (int call = 0; call < 3; call++) {
                    Reply refused = client.call("one_echo", "{}");
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.body()).contains("was not made");
                }
                assertThat(server.calls()).hasSize(made);
            }
            assertThat(collector.spans()).as("nobody asked for traces").isEmpty();
        }
    }

    private static void hasItsLine(McpClient client, OtlpReceiver collector) throws IOException {
        Map<String, String> traced = Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01");

        assertThat(client.post(McpClient.callBody("7", "one_echo", "{}"), traced)
                        .text())
                .isEqualTo("echo");

        // It was there before the call was made.
        LogRecord record = collector.records().getLast();
        assertThat(record.service()).isEqualTo("mcp-gateway");
        assertThat(record.event()).isEqualTo("mcp_gateway.audit");
        assertThat(record.trace()).isEqualTo(TRACE);
        assertThat(record.span()).isEqualTo(SPAN);
        JsonNode line = JSON.readTree(record.body());
        assertThat(line.path("name").asText()).isEqualTo("one_echo");
        assertThat(line.path("decision").asText()).isEqualTo("forwarded");
    }
}
