package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls to a server that takes its time: so many of a session, so many at the server, and no more. */
class EmbeddedLimitsTest extends WithGateway {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RecordingBackend one;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    EmbeddedLimitsTest() {
        super(Front.EMBEDDED);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        one = keep(RecordingBackend.start("echo"));
        RecordingBackend two = keep(RecordingBackend.start("echo"));
        TestGateway gateway = keep(TestGateway.start(
                front,
                List.of(ServerEntry.of("one", one.url()), ServerEntry.of("two", two.url())),
                "--max-calls-per-session=2",
                "--max-calls-per-server=3"));
        gateway.awaitTools("the tools of both servers", List.of("one_echo", "two_echo")::equals);
        return gateway;
    }

    @Test
    void callsBeyondALimitAreToldSoAndTheOthersAreAnswered() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                McpClient ann = gateway().connect();
                McpClient bob = gateway().connect()) {
            one.hold();
            List<Future<String>> held = List.of(
                    threads.submit(call(ann, "one_echo")),
                    threads.submit(call(ann, "one_echo")),
                    threads.submit(call(bob, "one_echo")));
            await("three calls at the server")
                    .atMost(LIMIT)
                    .until(() -> one.calls().size() == 3);

            refused(
                    ann,
                    "two_echo",
                    "too many calls under way in this session: the limit is 2; wait for one of them to end");
            refused(
                    bob,
                    "one_echo",
                    "too many calls under way for server \\\"demo/one\\\": the limit is 3; try again later");
            assertThat(call(bob, "two_echo").call()).isEqualTo("echo");
            assertThat(ann.toolNames()).contains("one_echo");

            one.release();
            for (Future<String> answer : held) {
                assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("echo");
            }
            await("room again").atMost(LIMIT).until(() -> call(ann, "one_echo").call(), "echo"::equals);
        }
    }

    private static Callable<String> call(McpClient client, String tool) {
        return () -> client.call(tool, "{}").text();
    }

    private static void refused(McpClient client, String tool, String text) throws IOException {
        Reply reply = client.post(McpClient.callBody("\"my-id\"", tool, "{}"), Map.of());

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.body()).contains("\"id\":\"my-id\"", text);
    }
}
