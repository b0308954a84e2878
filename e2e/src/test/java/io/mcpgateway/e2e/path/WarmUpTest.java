package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The warm-up of a running broker: it is ready afterwards, and nobody else sees anything of it. */
class WarmUpTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void readyOnlyWhenWarmAndNothingIsLeft() throws Exception {
        URI metrics = URI.create("http://127.0.0.1:" + FreePort.next() + "/metrics");
        try (RecordingBackend server = RecordingBackend.start("tool");
                TestGateway gateway = TestGateway.start(
                        Front.EMBEDDED,
                        List.of(ServerEntry.of("one", server.url())),
                        "--metrics-address",
                        metrics.getAuthority(),
                        "--warm-up",
                        "5")) {
            // It was started, so /readyz has said ready.
            assertThat(Files.readString(gateway.running().broker().log()))
                    .containsOnlyOnce("warmed up rounds=")
                    .doesNotContain("warm-up.invalid", "component=SessionStart", "level=ERROR");
            await().atMost(LIMIT).until(() -> !server.requests("tools/list").isEmpty());
            assertThat(server.calls()).isEmpty();
            assertThat(get(metrics).body())
                    .contains("mcp_broker_sessions_kept 0.0", "mcp_broker_servers{era=\"legacy\"} 1.0")
                    .doesNotContain("warm-up");

            try (McpClient client = gateway.connect()) {
                assertThat(client.call("one_tool", "{}").status()).isEqualTo(200);
            }
        }
    }

    private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
}
