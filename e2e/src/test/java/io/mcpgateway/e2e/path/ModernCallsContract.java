package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernBackend;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.RawHttp;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend.Refusal;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of clients that speak 2026-07-28 to a server that speaks it: no session anywhere, headers and body agree. */
abstract class ModernCallsContract extends WithGateway {
    private static final String GREETING = "gr\u00fc\u00dfe";

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    private ModernBackend server;

    private ModernClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    ModernCallsContract(Front front) {
        super(front);
    }

    @Override
    final TestGateway start(Front front) throws IOException {
        server = keep(ModernBackend.start(
                "echo", GREETING, ModernBackend.REGIONAL, ModernBackend.ENDLESS, ModernBackend.ASKING));
        TestGateway gateway =
                keep(TestGateway.start(front, List.of(ServerEntry.of("one", server.url())), "--mcp-check-interval=1"));
        gateway.awaitTools("the server's tools", tools -> tools.size() == 5);
        return gateway;
    }

    @BeforeEach
    void begin() {
        client = ModernClient.of(gateway().url());
        server.forgetRequests();
    }

    @AfterEach
    void leave() {
        client.close();
        server.answerCallsWith(Optional.empty());
    }

    @Test
    void nameAndItsHeaderChangeAndNothingElse() throws IOException {
        String arguments = "{\"big\":12345678901234567890,\"f\":1.0,\"h\":\"<a&b>\"}";

        Reply reply = client.call("one_echo", arguments, Map.of("Mcp-Session-Id", "mine", "Last-Event-ID", "7"));

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("echo");
        assertThat(reply.header("mcp-session-id")).isEmpty();
        Recorded call = onlyCall();
        assertThat(call.body()).isEqualTo(ModernClient.callBody("echo", arguments));
        assertThat(call.headers())
                .containsEntry("mcp-name", List.of("echo"))
                .containsEntry("mcp-method", List.of("tools/call"))
                .containsEntry("mcp-protocol-version", List.of("2026-07-28"))
                .containsEntry("accept", List.of("application/json, text/event-stream"))
                .containsEntry("x-mcp-toolname", List.of("echo"))
                .containsEntry("x-mcp-servername", List.of("demo/one"))
                .doesNotContainKeys(
                        "mcp-session-id", "last-event-id", "x-mcp-session-affinity", "x-mcp-upstream-authorization");
        assertThat(server.requests("initialize")).isEmpty();
    }

    @Test
    void aNameOutsideOfAsciiIsEncodedInItsHeader() throws IOException {
        Reply reply = client.call("one_" + GREETING, "{}");

        assertThat(reply.text()).as("%s", reply).isEqualTo(GREETING);
        assertThat(onlyCall().header("mcp-name")).contains("=?base64?Z3LDvMOfZQ==?=");
    }

    @Test
    void aParameterInAHeaderSaysWhatTheArgumentSays() throws IOException {
        Map<String, String> headers = Map.of("Mcp-Param-Region", "=?base64?ZXUtd2VzdA==?=", "Mcp-Param-Other", "x");

        assertThat(client.call("one_regional", "{\"region\":\"eu-west\"}", headers)
                        .text())
                .isEqualTo("regional");
        assertThat(onlyCall().header("mcp-param-region")).contains("=?base64?ZXUtd2VzdA==?=");
        assertThat(onlyCall().header("mcp-param-other")).contains("x");

        refused(client.call("one_regional", "{\"region\":\"us-east\"}", headers), 400, -32020);
        refused(client.call("one_regional", "{\"region\":\"eu-west\"}"), 400, -32020);
        refused(client.call("one_regional", "{}", headers), 400, -32020);
        assertThat(server.requests("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Mcp-Name, one_other, -32020",
        "Mcp-Name, =?base64?b25lX2VjaG8?=, -32020",
        "Mcp-Method, Tools/Call, -32020",
        "Mcp-Protocol-Version, 2099-01-01, -32020",
    })
    void headersThatSaySomethingElseAreRefused(String header, String value, int code) throws IOException {
        refused(client.call("one_echo", "{}", Map.of(header, value)), 400, code);
        assertThat(server.requests("tools/call")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mcp-Name: one_echo", "Mcp-Method: tools/call", "MCP-Protocol-Version: 2026-07-28"})
    void aHeaderThatIsGivenTwiceIsRefused(String line) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "Host: 127.0.0.1:" + gateway().port(),
                "Content-Type: application/json",
                "Accept: application/json, text/event-stream",
                "Mcp-Name: one_echo",
                "Mcp-Method: tools/call",
                "MCP-Protocol-Version: 2026-07-28"));
        lines.add(line);
        byte[] body = ModernClient.callBody("one_echo", "{}").getBytes(StandardCharsets.UTF_8);

        refused(RawHttp.post(gateway().port(), lines, body), 400, -32020);
        assertThat(server.requests("tools/call")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources/subscribe", "resources/unsubscribe"})
    void aRemovedMethodIsNotFound(String method) throws IOException {
        refused(client.request(method, "\"uri\":\"file:///a\""), 404, -32601);
    }

    @Test
    void whatNobodyHasIsUnknown() throws IOException {
        refused(client.call("one_nothing", "{}"), 200, -32602);
    }

    @ParameterizedTest
    @CsvSource({"400, -32021", "400, -32602", "404, -32601", "403, -32600"})
    void whatTheServerSaysOfTheRequestReachesTheClientAsItIs(int status, int code) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":\"my-id\",\"error\":{\"code\":" + code + ",\"message\":\"no\"}}";
        server.answerCallsWith(Optional.of(new Refusal(status, body, Map.of("Content-Type", "application/json"))));

        Reply reply = client.call("one_echo", "{}");

        assertThat(reply.status()).isEqualTo(status == 403 ? 502 : status);
        if (status != 403) {
            assertThat(reply.body()).isEqualTo(body);
        }
        assertThat(reply.header("mcp-session-id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"404, path", "410, path", "302, redirect", "307, redirect", "202, result", "204, result", "401, token"})
    void anAnswerThatIsNoneIsReported(int status, String word) throws IOException {
        server.answerCallsWith(Optional.of(new Refusal(status, "", Map.of("Location", "http://inside.example/mcp"))));

        Reply reply = client.call("one_echo", "{}");

        refused(reply, 502, -32603);
        assertThat(reply.json().at("/error/message").asText()).contains("demo/one", "HTTP " + status, word);
        assertThat(reply.header("location")).isEmpty();
    }

    @Test
    void aStreamPassesAsItIsAndEndsAtTheServerWhenTheClientLeaves() throws Exception {
        HttpResponse<Stream<String>> response = client.stream("one_endless", "{}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("mcp-session-id")).isEmpty();
        assertThat(response.headers().firstValue("x-accel-buffering")).contains("no");
        try (Stream<String> lines = response.body()) {
            assertThat(String.join(
                            "\n",
                            lines.filter(line -> !line.equals(":"))
                                    .dropWhile(String::isEmpty)
                                    .limit(4)
                                    .toList()))
                    .isEqualTo(ModernBackend.PROGRESS.stripTrailing() + "\n");
        }
        client.close();

        assertThat(server.awaitCancelled(20)).isTrue();
    }

    /** The server does not get the caller's token, so it could not know whose state it is. */
    @Test
    void aStateIsGoodForItsCallerOnly() throws IOException {
        Map<String, String> alice = Map.of("Authorization", "Bearer alice");
        String state = client.askableCall("one_asking", "", alice)
                .json()
                .at("/result/requestState")
                .asText();

        assertThat(state).startsWith("mcpgw-state.");
        String round = ",\"requestState\":\"" + state + "\",\"inputResponses\":{\"sure\":{\"action\":\"accept\"}}";
        assertThat(client.askableCall("one_asking", round, alice).text())
                .contains("\"requestState\":\"" + ModernBackend.STATE + "\"", "{\"sure\":{\"action\":\"accept\"}}");
        refused(client.askableCall("one_asking", round, Map.of("Authorization", "Bearer bob")), 200, -32602);
        refused(client.askableCall("one_echo", round, alice), 200, -32602);
        assertThat(server.requests("tools/call")).hasSize(2);
    }

    @Test
    void withoutAnyCredentialTheStatePassesAsItIs() throws IOException {
        assertThat(client.askableCall("one_asking", "", Map.of())
                        .json()
                        .at("/result/requestState")
                        .asText())
                .isEqualTo(ModernBackend.STATE);
    }

    private Recorded onlyCall() {
        assertThat(server.requests("tools/call")).hasSize(1);
        return server.requests("tools/call").getFirst();
    }

    private static void refused(Reply reply, int status, int code) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(reply.json().path("id").asText()).as("%s", reply).isEqualTo("my-id");
        assertThat(reply.json().at("/error/code").asInt()).as("%s", reply).isEqualTo(code);
    }
}
