package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new replica knows the tools of its servers before it gets calls, so a rollout refuses none. */
class FirstAnswersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void notReadyBeforeEachServerHasListedItsTools() throws Exception {
        try (RecordingBackend quick = RecordingBackend.start("tool");
                RecordingBackend slow = RecordingBackend.start("tool")) {
            slow.hold("tools/list");
            try (TestGateway gateway = TestGateway.launch(
                    Front.EMBEDDED,
                    List.of(ServerEntry.of("quick", quick.url()), ServerEntry.of("slow", slow.url())))) {
                await().atMost(LIMIT)
                        .ignoreExceptions()
                        .until(() -> readyz(gateway).equals("starting: waiting for the first answers of servers\n"));
                slow.release();
                gateway.awaitReady();

                try (McpClient client = gateway.connect()) {
                    assertThat(client.toolNames()).containsExactlyInAnyOrder("quick_tool", "slow_tool");
                }
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerOnlyDelaysIt() throws Exception {
        try (RecordingBackend quick = RecordingBackend.start("tool");
                RecordingBackend silent = RecordingBackend.start("tool")) {
            silent.hold("initialize");
            try (TestGateway gateway = TestGateway.start(
                    Front.EMBEDDED,
                    List.of(ServerEntry.of("quick", quick.url()), ServerEntry.of("silent", silent.url())))) {
                try (McpClient client = gateway.connect()) {
                    assertThat(client.toolNames()).containsExactly("quick_tool");
                }
                assertThat(Files.readString(gateway.running().broker().log()))
                        .contains(
                                "Ready without the tools of servers that have not answered yet servers=[demo/silent]");
            }
        }
    }

    private String readyz(TestGateway gateway) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(gateway.broker("/readyz")).build(), BodyHandlers.ofString())
                .body();
    }
}
