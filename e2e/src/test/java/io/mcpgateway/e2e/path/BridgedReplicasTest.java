package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.ModernBackend;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.ReplicatedGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.words.AskedCaller;
import io.mcpgateway.e2e.words.Caller;
import io.mcpgateway.e2e.words.Caller.Outcome;
import io.mcpgateway.e2e.words.Era;
import io.mcpgateway.e2e.words.Executions;
import io.mcpgateway.e2e.words.WordServer;
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

    /** The same for clients of MCP 2026-07-28 and a legacy server. */
    @Test
    void aKilledReplicaHasNoCallOfAModernClientMadeTwice() throws Exception {
        Executions executions = new Executions();
        try (WordServer server = WordServer.start(0, Era.LEGACY, executions);
                ReplicatedGateway gateway = ReplicatedGateway.start(List.of(ServerEntry.of("one", server.url())));
                McpClient connection = McpClient.of(gateway.url());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.takes(Duration.ofSeconds(5));
            List<Future<Outcome>> answers = new ArrayList<>();
            for (int number = 0; number < CALLS; number++) {
                Caller caller = Caller.connect(number, Caller.Kind.HAS_A_CREDENTIAL, "one_", connection);
                answers.add(threads.submit(caller::call));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> executions.all() == CALLS);
            gateway.kill(0);
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> answer : answers) {
                outcomes.add(answer.get());
            }

            assertThat(outcomes).allMatch(outcome -> outcome.isAnswer() || isLost(outcome));
            assertThat(outcomes).anyMatch(Outcome::isAnswer).anyMatch(BridgedReplicasTest::isLost);
            assertThat(executions.all()).isEqualTo(CALLS);
            assertThat(executions.repeated()).isEmpty();
        }
    }

    /** Parked calls of the killed replica are lost, and their clients are told; those of the other one go on. */
    @Test
    void aKilledReplicaLosesItsParkedCallsOnly() throws Exception {
        Executions executions = new Executions();
        try (WordServer server = WordServer.start(0, Era.LEGACY, executions);
                ReplicatedGateway gateway = ReplicatedGateway.start(List.of(ServerEntry.of("one", server.url())));
                McpClient connection = McpClient.of(gateway.url())) {
            List<AskedCaller.Asked> parked = new ArrayList<>();
            for (int number = 0; number < CALLS; number++) {
                parked.add(
                        Caller.askable(number, Era.MODERN, "one_", connection).begin());
            }
            gateway.kill(0);
            List<Outcome> outcomes = parked.stream().map(AskedCaller.Asked::end).toList();

            assertThat(outcomes).allMatch(outcome -> outcome.isAnswer() || isLost(outcome));
            assertThat(outcomes).anyMatch(Outcome::isAnswer).anyMatch(BridgedReplicasTest::isLost);
            assertThat(executions.all()).isEqualTo(CALLS);
            assertThat(executions.repeated()).isEmpty();
        }
    }

    private static boolean isLost(Outcome outcome) {
        return outcome.reply()
                .map(Reply::json)
                .filter(json -> json.path("id").asLong(-1) == outcome.id())
                .filter(json -> json.at("/error/code").asInt() == -32603)
                .filter(json -> json.at("/error/data/reason").asText().equals("callLost"))
                .isPresent();
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
