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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More calls at a time than are allowed: those above the limit are turned away at once, the others are served. */
abstract class LimitsContract extends WithGateway {
    static final int PER_SERVER = 3;
    static final int PER_SESSION = 5;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    final ExecutorService threads = keep(Executors.newVirtualThreadPerTaskExecutor());
    private RecordingBackend slow;
    private RecordingBackend other;
    private RecordingBackend free;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    LimitsContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        slow = keep(RecordingBackend.start("echo"));
        other = keep(RecordingBackend.start("echo"));
        free = keep(RecordingBackend.start("echo"));
        TestGateway started = keep(TestGateway.start(
                front,
                List.of(
                        ServerEntry.of("slow", slow.url()),
                        ServerEntry.of("other", other.url()),
                        ServerEntry.of("free", free.url())),
                List.of("--max-calls-per-server", "" + PER_SERVER, "--max-calls-per-session", "" + PER_SESSION),
                List.of("--max-calls-per-server", "" + PER_SERVER)));
        started.awaitTools("three tools", names -> names.size() == 3);
        return started;
    }

    @BeforeEach
    void holdTwoServers() {
        List.of(slow, other).forEach(RecordingBackend::forgetRequests);
        List.of(slow, other).forEach(RecordingBackend::hold);
    }

    @AfterEach
    void letThemGo() {
        List.of(slow, other).forEach(RecordingBackend::release);
    }

    @Test
    void oneCallMoreThanItsServerTakesIsTurnedAwayAndWorksLater() throws Exception {
        McpClient client = warm();
        List<Future<Reply>> held = calls(client, "slow_echo", PER_SERVER);
        await("the calls at the server").atMost(LIMIT).until(() -> slow.calls().size() == PER_SERVER);

        Reply refused = client.post(McpClient.callBody("\"one-more\"", "slow_echo", "{}"), java.util.Map.of());

        assertThat(refused.status()).as("%s", refused).isEqualTo(503);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-32005);
        assertThat(refused.json().at("/error/message").asText()).isEqualTo(refusalOfServer());
        assertThat(refused.json().get("id")).hasToString(refusedId());
        assertThat(slow.calls()).hasSize(PER_SERVER);
        assertThat(client.call("free_echo", "{}").text()).as("another server").isEqualTo("echo");

        slow.release();
        assertAnswered(held);
        await("places are free again")
                .atMost(LIMIT)
                .until(() -> client.call("slow_echo", "{}").status() == 200);
    }

    /** What the refusal says, and its id as JSON. */
    abstract String refusalOfServer();

    abstract String refusedId();

    final void awaitAtOther(int count) {
        await("the calls at the other server")
                .atMost(LIMIT)
                .until(() -> other.calls().size() == count);
    }

    final void awaitAtSlow(int count) {
        await("the calls at the slow server")
                .atMost(LIMIT)
                .until(() -> slow.calls().size() == count);
    }

    /** A session that has its backend sessions already. */
    final McpClient warm() throws IOException {
        letThemGo();
        McpClient client = keep(gateway().connect());
        for (String tool : List.of("slow_echo", "other_echo", "free_echo")) {
            assertThat(client.call(tool, "{}").text()).isEqualTo("echo");
        }
        holdTwoServers();
        return client;
    }

    final List<Future<Reply>> calls(McpClient client, String tool, int count) {
        List<Future<Reply>> calls = new ArrayList<>();
        for (int call = 0; call < count; call++) {
            calls.add(threads.submit(() -> client.call(tool, "{}")));
        }
        return calls;
    }

    static void assertAnswered(List<Future<Reply>> calls) throws Exception {
        for (Future<Reply> call : calls) {
            assertThat(call.get(LIMIT.toSeconds(), TimeUnit.SECONDS).text()).isEqualTo("echo");
        }
    }
}
