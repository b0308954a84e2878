package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.EnvoyCounters;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a real Envoy shows: round trips to the router, large bodies, and failing closed. */
class EnvoyProcessingTest {
    private final Closer closer = new Closer();
    private RecordingBackend recording;
    private TestGateway gateway;
    private McpClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    EnvoyProcessingTest() {}

    @BeforeEach
    void start() throws IOException {
        Front.ENVOY.envoy();
        recording = closer.keep(RecordingBackend.start("echo"));
        gateway = closer.keep(TestGateway.start(Front.ENVOY, List.of(ServerEntry.of("recorded", recording.url()))));
        gateway.awaitTools("the recording server's tool", List.of("recorded_echo")::equals);
        client = closer.keep(gateway.connect());
        assertThat(client.call("recorded_echo", "{}").text()).isEqualTo("echo");
        recording.forgetRequests();
    }

    @AfterEach
    void stop() {
        closer.close();
    }

    @Test
    void repeatedCallCostsOneStreamAndTwoMessagesEachWay() throws IOException {
        long calls = 25;
        EnvoyCounters counters = new EnvoyCounters(gateway.running().ports().envoyAdmin());
        EnvoyCounters.ExtProc before = counters.extProc();

        for (int i = 0; i < calls; i++) {
            assertThat(client.call("recorded_echo", "{}").text()).isEqualTo("echo");
        }

        await("Envoy's counters of " + calls + " calls")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(counters.extProc().since(before))
                        .isEqualTo(new EnvoyCounters.ExtProc(calls, 2 * calls, 2 * calls)));
    }

    @Test
    void bodyOfThreeMegabytesPasses() throws IOException {
        String big = "x".repeat(3_000_000);

        Reply reply = client.call("recorded_echo", "{\"big\":\"" + big + "\"}");

        assertThat(reply.text()).isEqualTo("echo");
        assertThat(recording.calls().getFirst().body()).contains(big);
    }

    @Test
    void hungRouterGivesGatewayTimeout() throws IOException {
        gateway.running().broker().freeze();
        try {
            assertThat(client.call("recorded_echo", "{}").status()).isEqualTo(504);
        } finally {
            gateway.running().broker().thaw();
        }
        assertThat(recording.calls()).isEmpty();
        assertThat(client.call("recorded_echo", "{}").text()).isEqualTo("echo");
    }

    @Test
    void deadRouterGivesAnErrorAndNeverLetsACallThrough() throws IOException {
        gateway.running().broker().kill();

        assertThat(client.call("recorded_echo", "{}").status()).isEqualTo(500);
        assertThat(client.call("echo", "{}").status()).isEqualTo(500);
        assertThat(recording.calls()).isEmpty();

        gateway.running().restartBroker();
        gateway.running().awaitReady(Duration.ofSeconds(60));
        await("calls with the same session after a restart")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> client.call("recorded_echo", "{}").text().equals("echo"));
    }
}
