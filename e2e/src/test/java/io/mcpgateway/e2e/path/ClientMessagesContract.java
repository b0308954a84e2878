package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a client other than calls reach the servers that they concern. */
abstract class ClientMessagesContract extends WithGateway {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RecordingBackend one;
    private RecordingBackend two;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    ClientMessagesContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        one = keep(RecordingBackend.start("echo"));
        two = keep(RecordingBackend.start("echo"));
        TestGateway gateway = keep(
                TestGateway.start(front, List.of(ServerEntry.of("one", one.url()), ServerEntry.of("two", two.url()))));
        gateway.awaitTools("the tools of both servers", List.of("one_echo", "two_echo")::equals);
        return gateway;
    }

    @Test
    void deleteEndsTheSessionsAtTheServersThatWereCalled() throws IOException {
        try (McpClient client = gateway().connect()) {
            one.forgetRequests();
            two.forgetRequests();
            client.call("one_echo", "{}");
            String session = one.calls().getFirst().header("mcp-session-id").orElseThrow();

            assertThat(client.send("DELETE", Map.of()).status()).isEqualTo(200);

            await("DELETE at the server")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(one.requests())
                            .filteredOn(request -> request.method().equals("DELETE"))
                            .extracting(
                                    request -> request.header("mcp-session-id").orElse(""))
                            .containsExactly(session));
            assertThat(two.requests()).noneMatch(request -> request.method().equals("DELETE"));
            assertThat(one.requests())
                    .noneMatch(request -> request.header("router-key").isPresent());
        }
    }

    @Test
    void cancellationReachesTheServerThatRunsTheCallByteForByte() throws IOException {
        try (McpClient client = gateway().connect()) {
            client.call("one_echo", "{}");
            one.forgetRequests();
            two.forgetRequests();
            String cancelled = "{\"method\":\"notifications/cancelled\", \"jsonrpc\":\"2.0\",\"params\":"
                    + "{\"requestId\":12345678901234567890,\"reason\":\"enough\"}}";

            assertThat(client.post(cancelled, Map.of()).status()).isEqualTo(202);

            await("the cancellation")
                    .atMost(LIMIT)
                    .until(() -> !one.requests("notifications/cancelled").isEmpty());
            assertThat(one.requests("notifications/cancelled"))
                    .extracting(Recorded::body)
                    .containsExactly(cancelled);
            assertThat(two.requests("notifications/cancelled")).isEmpty();
        }
    }

    /** Including declarations that the gateway does not know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"elicitation\":{\"form\":{},\"url\":{}}",
                "\"sampling\":{\"tools\":{},\"context\":{}},\"roots\":{\"listChanged\":true}",
                "\"experimental\":{\"x\":{\"n\":1.0,\"big\":12345678901234567890,\"t\":\"\u00fc\\u00fc\"}}",
                "\"extensions\":{\"io.modelcontextprotocol/ui\":{\"mimeTypes\":[\"text/html;profile=mcp-app\"]}},"
                        + "\"elicitation\":{ \"url\" : { } }",
                ""
            })
    void aServerHearsWhatTheClientDeclaredAsItDeclaredIt(String capabilities) throws IOException {
        one.forgetRequests();
        try (McpClient client = connect(capabilities, Map.of())) {
            assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
        }

        assertThat(one.requests("initialize"))
                .singleElement()
                .extracting(Recorded::body)
                .asString()
                .contains("\"capabilities\":{" + capabilities + "},");
    }

    @Test
    void tasksAreNeitherDeclaredNorAskedFor() throws IOException {
        one.forgetRequests();
        String body = McpClient.callBody("7", "one_echo", "{\"task\":1}");
        try (McpClient client = connect("\"tasks\":{\"list\":{}},\"roots\":{\"listChanged\":true}", Map.of())) {
            Reply reply = client.post(body.replace("\"params\":{", "\"params\":{\"task\":{\"ttl\":60000}, "), Map.of());

            assertThat(reply.text()).isEqualTo("echo");
        }

        assertThat(one.calls())
                .extracting(Recorded::body)
                .containsExactly(body.replace("\"params\":{", "\"params\":{ ").replace("one_echo", "echo"));
        assertThat(one.requests("initialize"))
                .singleElement()
                .extracting(Recorded::body)
                .asString()
                .contains("\"capabilities\":{\"roots\":{\"listChanged\":true}},");
    }

    @Test
    void aLifecycleNotificationStaysAtTheGateway() throws IOException {
        try (McpClient client = gateway().connect()) {
            client.call("one_echo", "{}");
            one.forgetRequests();

            client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", Map.of());
            client.call("one_echo", "{}");

            assertThat(one.requests()).extracting(Recorded::rpcMethod).containsExactly("tools/call");
        }
    }
}
