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

/** A server may have three calls at a time; further ones are refused with a message. */
abstract class LimitsContract extends WithGateway {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private RecordingBackend one;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    LimitsContract(Front front) {
        super(front);
    }

    /** Starts the gateway with the limit of three. */
    abstract TestGateway start(Front front, List<ServerEntry> servers) throws IOException;

    /** What must hold while two calls of Ann and one of Bob are in progress at server one. */
    abstract void assertWhileHeld(McpClient ann, McpClient bob) throws IOException;

    @Override
    final TestGateway start(Front front) throws IOException {
        one = keep(RecordingBackend.start("echo"));
        RecordingBackend two = keep(RecordingBackend.start("echo"));
        TestGateway gateway =
                keep(start(front, List.of(ServerEntry.of("one", one.url()), ServerEntry.of("two", two.url()))));
        gateway.awaitTools("the tools of both servers", List.of("one_echo", "two_echo")::equals);
        return gateway;
    }

    @Test
    void callsAboveALimitAreRefusedAndTheOthersAnswered() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                McpClient ann = gateway().connect();
                McpClient bob = gateway().connect()) {
            // Sessions at the servers first, because they are opened through the gateway too.
            for (McpClient client : List.of(ann, bob)) {
                assertThat(call(client, "one_echo").call()).isEqualTo("echo");
                assertThat(call(client, "two_echo").call()).isEqualTo("echo");
            }
            one.forgetRequests();
            one.hold();
            List<Future<String>> held = List.of(
                    threads.submit(call(ann, "one_echo")),
                    threads.submit(call(ann, "one_echo")),
                    threads.submit(call(bob, "one_echo")));
            await("three calls at the server")
                    .atMost(LIMIT)
                    .until(() -> one.calls().size() == 3);

            assertWhileHeld(ann, bob);
            assertThat(one.calls()).hasSize(3);
            assertThat(call(bob, "two_echo").call()).isEqualTo("echo");

            one.release();
            for (Future<String> answer : held) {
                assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("echo");
            }
            await("room again").atMost(LIMIT).until(() -> call(ann, "one_echo").call(), "echo"::equals);
        }
    }

    static Reply refusal(McpClient client, String tool) throws IOException {
        Reply reply = client.post(McpClient.callBody("\"my-id\"", tool, "{}"), Map.of());
        assertThat(reply.status()).as("%s", reply).isEqualTo(429);
        return reply;
    }

    private static Callable<String> call(McpClient client, String tool) {
        return () -> client.call(tool, "{}").text();
    }
}
