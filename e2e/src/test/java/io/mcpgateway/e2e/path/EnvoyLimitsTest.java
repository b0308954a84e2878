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

/** Behind Envoy it is Envoy that counts the calls at each server, as {@code envoy-config} tells it. */
class EnvoyLimitsTest extends WithGateway {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private RecordingBackend one;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    EnvoyLimitsTest() {
        super(Front.ENVOY);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        one = keep(RecordingBackend.start("echo"));
        RecordingBackend two = keep(RecordingBackend.start("echo"));
        TestGateway gateway = keep(TestGateway.start(
                front,
                List.of(ServerEntry.of("one", one.url()), ServerEntry.of("two", two.url())),
                List.of(),
                List.of("--max-calls-per-server", "3")));
        gateway.awaitTools("the tools of both servers", List.of("one_echo", "two_echo")::equals);
        return gateway;
    }

    @Test
    void aCallBeyondTheServersLimitIsToldSoAndTheOthersAreAnswered() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                McpClient ann = gateway().connect();
                McpClient bob = gateway().connect()) {
            // Sessions with the servers first: they are made through Envoy too.
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

            refused(bob);
            assertThat(call(bob, "two_echo").call()).isEqualTo("echo");

            one.release();
            for (Future<String> answer : held) {
                assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("echo");
            }
            await("room again").atMost(LIMIT).until(() -> call(ann, "one_echo").call(), "echo"::equals);
        }
    }

    /** Envoy does not know the id. */
    private void refused(McpClient client) throws IOException {
        Reply reply = client.post(McpClient.callBody("\"my-id\"", "one_echo", "{}"), Map.of());

        assertThat(reply.status()).as("%s", reply).isEqualTo(429);
        assertThat(reply.header("content-type")).contains("application/json");
        assertThat(reply.json().at("/error/code").asInt()).isEqualTo(-32003);
        assertThat(reply.json().get("id").isNull()).isTrue();
        assertThat(reply.json().at("/error/message").asText())
                .isEqualTo("too many calls under way for server \"demo/one\"; try again later");
        assertThat(one.calls()).hasSize(3);
    }

    private static Callable<String> call(McpClient client, String tool) {
        return () -> client.call(tool, "{}").text();
    }
}
