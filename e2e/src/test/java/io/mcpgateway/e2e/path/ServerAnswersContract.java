package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.RecordingBackend.Refusal;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of servers other than results: lost sessions, redirects, no response. */
abstract class ServerAnswersContract extends WithGateway {
    private static final String NOT_FOUND =
            "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32001,\"message\":\"no such session\"}}";

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    private RecordingBackend server;

    private McpClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    ServerAnswersContract(Front front) {
        super(front);
    }

    /** Whether a call whose session is lost is sent again without the client. */
    abstract boolean repeats();

    @Override
    final TestGateway start(Front front) throws IOException {
        server = keep(RecordingBackend.start("echo"));
        TestGateway gateway =
                keep(TestGateway.start(front, List.of(ServerEntry.of("one", server.url())), "--mcp-check-interval=1"));
        gateway.awaitTools("the server's tool", List.of("one_echo")::equals);
        return gateway;
    }

    @BeforeEach
    void callOnce() throws IOException {
        client = gateway().connect();
        assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
        server.forgetRequests();
    }

    @AfterEach
    void leave() {
        client.close();
        server.answerCallsWith(Optional.empty());
        server.refuseUnknownWith(404, "");
    }

    /** The status means that the call was not executed. */
    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aLostSessionIsReplacedAndTheClientsLivesOn(int status) throws IOException {
        server.refuseUnknownWith(status, "");
        server.forgetCallers();

        Reply first = client.post(McpClient.callBody("\"my-id\"", "one_echo", "{}"), Map.of());

        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(first.json().get("id").asText()).isEqualTo("my-id");
        if (repeats()) {
            assertThat(first.text()).isEqualTo("echo");
        } else {
            assertThat(first.json().at("/error/code").asInt()).isEqualTo(-32003);
            assertThat(first.json().at("/error/message").asText()).contains("demo/one", "not executed", "repeat it");
        }
        assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
        assertThat(server.requests("initialize")).hasSize(1);
    }

    /** The status may mean something else, so the server is asked before the next call. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 500})
    void aSessionThatMayBeLostIsReplacedBeforeTheNextCall(int status) throws IOException {
        server.refuseUnknownWith(status, String.format(NOT_FOUND, "null"));
        server.forgetCallers();

        assertThat(client.call("one_echo", "{}").text()).doesNotContain("\"result\"");
        assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
        assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
        assertThat(server.requests("initialize")).hasSize(1);
    }

    /** The status of the call does not show it; discovery has the same problem and shows it. */
    @Test
    void aSessionLostInAnErrorOfJsonRpcIsReplacedOnceDiscoveryMetTheSame() throws IOException {
        server.refuseUnknownWith(200, String.format(NOT_FOUND, "%id"));
        server.forgetEverybody();

        await("a call that works again")
                .atMost(Duration.ofSeconds(20))
                .until(() -> client.call("one_echo", "{}").text(), "echo"::equals);
    }

    @Test
    void aServersOwn400ReachesTheClientAndTheSessionLivesOn() throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":\"my-id\",\"error\":{\"code\":-32602,\"message\":\"n is too big\"}}";
        server.answerCallsWith(Optional.of(new Refusal(400, body, Map.of())));
        for (int count = 0; count < 3; count++) {
            Reply reply = client.post(McpClient.callBody("\"my-id\"", "one_echo", "{}"), Map.of());
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo(body);
        }
        server.answerCallsWith(Optional.empty());

        assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
        assertThat(server.requests("initialize")).isEmpty();
        assertThat(server.calls()).hasSize(4);
        assertThat(server.calls().stream()
                        .map(call -> call.header("mcp-session-id"))
                        .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"301, redirect", "302, redirect", "307, redirect", "308, redirect", "202, result", "204, result"})
    void aResponseWithoutAResultIsReported(int status, String word) throws IOException {
        server.answerCallsWith(
                Optional.of(new Refusal(status, "", Map.of("Location", "http://inside.example:8080/mcp/"))));

        Reply reply = client.post(McpClient.callBody("\"my-id\"", "one_echo", "{}"), Map.of());

        assertThat(reply.status()).as("%s", reply).isEqualTo(502);
        assertThat(reply.header("location")).isEmpty();
        assertThat(reply.json().get("id").asText()).isEqualTo("my-id");
        assertThat(reply.json().at("/error/message").asText()).contains("demo/one", "HTTP " + status, word);
    }

    @Test
    void aNotificationIsAnsweredAsEver() throws IOException {
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}", Map.of())
                        .status())
                .isEqualTo(202);
    }
}
