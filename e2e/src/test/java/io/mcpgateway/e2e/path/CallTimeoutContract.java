package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call may take as long as its server's limit, or else the gateway's; the error names the limit. */
abstract class CallTimeoutContract extends WithGateway {
    private static final Duration OF_THE_GATEWAY = Duration.ofSeconds(3);
    private static final Duration OF_TWO = Duration.ofSeconds(1);

    private RecordingBackend one;
    private RecordingBackend two;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    CallTimeoutContract(Front front) {
        super(front);
    }

    @Override
    final TestGateway start(Front front) throws IOException {
        one = keep(RecordingBackend.start("echo"));
        two = keep(RecordingBackend.start("echo"));
        ServerEntry first = ServerEntry.of("one", one.url());
        ServerEntry second = ServerEntry.of("two", two.url());
        String timeout = "--call-timeout=" + OF_THE_GATEWAY.toSeconds();
        TestGateway gateway = keep(TestGateway.start(front, List.of(first), List.of(timeout), List.of(timeout)));
        gateway.serve(ServerEntry.yaml(List.of(first, second)) + "  callTimeoutSeconds: " + OF_TWO.toSeconds() + "\n");
        gateway.awaitTools("the tools of both servers", List.of("one_echo", "two_echo")::equals);
        return gateway;
    }

    @AfterEach
    void answerAgain() {
        one.release();
        two.release();
    }

    @Test
    void aCallAboveTheGatewaysLimitGetsAnErrorThatSaysSo() throws IOException {
        assertTimedOut(one, "one_echo", OF_THE_GATEWAY);
    }

    @Test
    void theLimitOfTheServerGoesFirst() throws IOException {
        assertTimedOut(two, "two_echo", OF_TWO);
    }

    private void assertTimedOut(RecordingBackend server, String tool, Duration limit) throws IOException {
        try (McpClient client = gateway().connect()) {
            assertThat(call(client, tool).body()).contains("\"text\":\"echo\"");
            server.hold();
            long start = System.nanoTime();
            Reply late = call(client, tool);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(late.status()).isEqualTo(504);
            assertThat(late.header("content-type")).contains("application/json");
            assertThat(late.body())
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"id\":\"my-id\",\"error\":{\"code\":-32003,\"message\":\"server demo/"
                                    + tool.substring(0, 3) + " did not answer within " + limit.toSeconds()
                                    + " s, the limit set by callTimeoutSeconds; the call may have been"
                                    + " executed\"}}");
            assertThat(took).isBetween(limit.minusMillis(100), limit.plusSeconds(10));

            server.release();
            assertThat(call(client, tool).body()).contains("\"text\":\"echo\"");
        }
    }

    private static Reply call(McpClient client, String tool) throws IOException {
        return client.post(McpClient.callBody("\"my-id\"", tool, "{}"), Map.of());
    }
}
