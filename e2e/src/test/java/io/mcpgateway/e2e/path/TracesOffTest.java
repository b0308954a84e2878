package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody pays for traces that nobody asked for. */
class TracesOffTest {
    @Test
    void withoutACollectorNothingOfOpenTelemetryIsLoaded() throws IOException {
        Path loaded = TestFolders.create("classes").resolve("loaded.txt");
        Map<String, String> variables =
                Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded, "OTEL_SERVICE_NAME", "says-not-where");
        try (RecordingBackend server = RecordingBackend.start("echo");
                TestGateway gateway = TestGateway.startWith(
                        Front.EMBEDDED, List.of(ServerEntry.of("one", server.url())), variables)) {
            gateway.awaitTools("the server's tool", List.of("one_echo")::equals);
            try (McpClient client = gateway.connect()) {
                assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
            }
        }

        try (Stream<String> lines = Files.lines(loaded)) {
            List<String> ours = lines.filter(line -> line.contains("io.opentelemetry.")
                            || line.contains("io.mcpgateway.broker.dispatch.SnapshotDispatcher "))
                    .toList();
            assertThat(ours).singleElement().asString().contains("SnapshotDispatcher");
        }
    }
}
