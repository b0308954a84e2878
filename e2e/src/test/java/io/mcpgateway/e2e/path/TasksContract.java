package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.TaskBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of a server of 2026-07-28 for clients of it (SEP-2663): the client's ID, and nobody else's. */
abstract class TasksContract extends WithGateway {
    private static final Map<String, String> ALICE = Map.of("Authorization", "Bearer alice");
    private static final Map<String, String> BOB = Map.of("Authorization", "Bearer bob");

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    private TaskBackend server;

    private ModernClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    TasksContract(Front front) {
        super(front);
    }

    @Override
    final TestGateway start(Front front) throws IOException {
        server = keep(TaskBackend.start());
        TestGateway gateway =
                keep(TestGateway.start(front, List.of(ServerEntry.of("one", server.url())), "--mcp-check-interval=1"));
        gateway.awaitTools("the server's tool", tools -> tools.size() == 1);
        return gateway;
    }

    @BeforeEach
    void begin() throws IOException {
        client = ModernClient.of(gateway().url());
        server.become("working");
        server.forgetRequests();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void aCallThatBecameATaskIsFollowedByItsCaller() throws IOException {
        String id = create(ALICE);
        assertThat(id).startsWith("mcpgw-").doesNotContain(TaskBackend.TASK);
        server.become("completed");

        Reply state = client.ofTask("tasks/get", id, "", ALICE);

        assertThat(state.json().at("/result/taskId").asText()).as("%s", state).isEqualTo(id);
        assertThat(state.json().at("/result/status").asText()).isEqualTo("completed");
        assertThat(server.requests("tasks/get")).hasSize(1);
        Recorded asked = server.requests("tasks/get").getFirst();
        assertThat(asked.body())
                .contains("\"taskId\":\"" + TaskBackend.TASK + "\"")
                .doesNotContain(id);
        assertThat(asked.headers())
                .containsEntry("mcp-name", List.of(TaskBackend.TASK))
                .containsEntry("mcp-method", List.of("tasks/get"))
                .containsEntry("x-mcp-method", List.of("tasks/get"))
                .containsEntry("x-mcp-toolname", List.of(TaskBackend.TOOL))
                .containsEntry("x-mcp-servername", List.of("demo/one"))
                .doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks/update", "tasks/cancel"})
    void everythingElseReachesTheServerAsItIs(String method) throws IOException {
        String more = ",\"inputResponses\":{\"q\":{\"n\": 12345678901234567890}}";
        String id = create(ALICE);

        Reply reply = client.ofTask(method, id, more, ALICE);

        assertThat(reply.json().at("/result/resultType").asText())
                .as("%s", reply)
                .isEqualTo("complete");
        assertThat(server.requests(method).getFirst().body()).contains(more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
    void anIdIsGoodForItsCallerOnly(String method) throws IOException {
        String id = create(ALICE);
        String anybodys = create(Map.of());

        refused(client.ofTask(method, id, "", BOB));
        refused(client.ofTask(method, id, "", Map.of()));
        refused(client.ofTask(method, anybodys, "", BOB));
        refused(client.ofTask(method, TaskBackend.TASK, "", ALICE));
        assertThat(server.requests(method)).isEmpty();
    }

    @Test
    void aSubscriptionTellsOfTasksWithTheClientsIds() throws Exception {
        String id = create(ALICE);
        String bobs = create(BOB);
        HttpResponse<Stream<String>> response = client.listen("\"taskIds\":[\"" + id + "\",\"" + bobs + "\"]", ALICE);
        try (Stream<String> lines = response.body()) {
            Iterator<String> data =
                    lines.filter(line -> line.startsWith("data:")).iterator();
            assertThat(data.next()).contains("acknowledged", "\"taskIds\":[\"" + id + "\"]");

            server.become("completed");
            assertThat(data.next())
                    .contains("notifications/tasks", "\"taskId\":\"" + id + "\"", "\"status\":\"completed\"")
                    .doesNotContain(TaskBackend.TASK);

            server.breakOff();
            // Nobody heard of this one, so the gateway asks.
            assertThat(data.next()).contains("\"taskId\":\"" + id + "\"", "\"status\":\"completed\"");
            assertThat(server.requests("tasks/get")).hasSize(1);
        }
    }

    private String create(Map<String, String> caller) throws IOException {
        Reply reply = client.taskCall("one_" + TaskBackend.TOOL, caller);
        assertThat(reply.json().at("/result/resultType").asText())
                .as("%s", reply)
                .isEqualTo("task");
        return reply.json().at("/result/taskId").asText();
    }

    private static void refused(Reply reply) {
        assertThat(reply.json().at("/error/code").asInt()).as("%s", reply).isEqualTo(-32602);
    }
}
