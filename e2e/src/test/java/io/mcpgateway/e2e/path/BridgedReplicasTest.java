package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.ModernBackend;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.ReplicatedGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A client's reply finds the call that waits for it, whichever of two brokers gets it. */
class BridgedReplicasTest {
    private static final int CALLS = 12;

    @Test
    void aReplyMayArriveAtAnyReplica() throws Exception {
        try (ModernBackend backend = ModernBackend.start(ModernBackend.ASKING);
                ReplicatedGateway gateway = ReplicatedGateway.start(List.of(ServerEntry.of("one", backend.url())));
                McpClient client = asking(gateway)) {
            backend.forgetRequests();
            for (int call = 0; call < CALLS; call++) {
                Iterator<String> lines = client.stream(
                                McpClient.callBody(Integer.toString(call), "one_asking", "{}"), Map.of())
                        .body()
                        .iterator();
                String id = BridgedCallsContract.askedId(lines);
                String reply = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{\"action\":\"decline\"}}";

                assertThat(client.post(reply, Map.of()).status()).isEqualTo(202);
                assertThat(BridgedCallsContract.next(lines, "result")).contains("decline");
            }
            assertThat(backend.requests("tools/call")).hasSize(2 * CALLS);
        }
    }

    /** Half of the calls are at the killed replica; Envoy asks the other one, which must not make them again. */
    @Test
    void aKilledReplicaHasNoCallMadeTwice() throws Exception {
        try (ModernBackend backend = ModernBackend.start(ModernBackend.SLOW);
                ReplicatedGateway gateway = ReplicatedGateway.start(List.of(ServerEntry.of("one", backend.url())));
                McpClient client = asking(gateway);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            backend.forgetRequests();
            List<Future<Integer>> answers = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                String body = McpClient.callBody(Integer.toString(call), "one_slow", "{\"call\":" + call + "}");
                answers.add(threads.submit(() -> client.post(body, Map.of()).status()));
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> backend.requests("tools/call").size() == CALLS);
            gateway.kill(0);
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }

            assertThat(statuses).contains(200).containsOnly(200, 502);
            assertThat(backend.requests("tools/call").stream().map(Recorded::body))
                    .hasSize(CALLS)
                    .doesNotHaveDuplicates();
        }
    }

    private static McpClient asking(ReplicatedGateway gateway) throws Exception {
        McpClient client = McpClient.of(gateway.url());
        Optional<String> session = client.post(
                        McpClient.INITIALIZE.replace("\"capabilities\":{}", "\"capabilities\":{\"elicitation\":{}}"),
                        Map.of())
                .header("mcp-session-id");
        assertThat(session).isPresent();
        return client.withSession(session);
    }
}
