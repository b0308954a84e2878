package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.client.McpOutcome.Failure;
import io.mcpgateway.broker.client.OpenOutcome.NotOpened;
import io.mcpgateway.broker.client.OpenOutcome.Opened;
import io.mcpgateway.broker.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of servers that do not keep to the letter, what is told of refusals, and what servers ask in between. */
@Timeout(30)
class OddAnswersTest {
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), 200_000, 150_000);

    private final McpHttpClient client = new McpHttpClient();
    private final List<String> notifications = new CopyOnWriteArrayList<>();
    private FakeMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"jsonrpc":"2.0","id":null,"error":{"code":-32022,"message":"Unsupported","data":{"supported":["2026-07-28"]}}} | the server answered HTTP 400: error -32022: Unsupported {"supported":["2026-07-28"]}
        {"error":{"message":"no\\u0007bell"}}    | the server answered HTTP 400: error: no\\u0007bell
        {"error":"text"}                         | the server answered HTTP 400
        {"error":{"message":5}}                  | the server answered HTTP 400
        <html>nothing</html>                     | the server answered HTTP 400
        """)
    void theReasonOfARefusalIsKept(String body, String message) throws InterruptedException {
        server.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, 400, "application/json", body);
            return true;
        });

        assertThat(notOpened().message()).isEqualTo(message);
    }

    @Test
    void theReasonOfARefusalIsBounded() throws InterruptedException {
        server.behave((_, exchange, _) -> {
            String text = "x".repeat(5000);
            FakeMcpServer.send(
                    exchange,
                    400,
                    "application/json",
                    "{\"error\":{\"message\":\"" + text + "\",\"data\":[\"" + text + "\"]}}");
            return true;
        });

        assertThat(notOpened().message()).hasSizeBetween(200, 500);
    }

    /** What a redirect carries beside the path may be a secret. */
    @Test
    void aRedirectIsToldWithoutItsQueryAndUser() throws InterruptedException {
        server.behave((_, exchange, _) -> {
            exchange.getResponseHeaders().set("Location", "https://user:pw@login.example.com:8443/in?token=t");
            FakeMcpServer.send(exchange, 302, "text/plain", "");
            return true;
        });

        assertThat(notOpened().message())
                .contains("redirects to https://login.example.com:8443/in,")
                .doesNotContain("token", "pw");
    }

    /** All of these are read by at least one of the official TypeScript and Python clients. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":2.0,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{},\"error\":null}",
                "[{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]",
                " [ {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}} ] \n",
                "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}",
            })
    void answersThatOfficialClientsReadAreRead(String body) throws InterruptedException {
        answerPing(200, "application/json", body);

        assertThat(opened().ping()).isEqualTo(new McpOutcome.Answer(RawJson.of("{}")));
    }

    /** Servers show some tools only to clients that can be asked. */
    @Test
    void discoveryOffersEverythingThatAServerMayAsk() throws InterruptedException {
        client.open(target(server.url()), InitializeParams.discovery("mcp-broker"), notifications::add);

        assertThat(server.received().getFirst().body())
                .contains("\"elicitation\":{\"form\":{},\"url\":{}}", "\"sampling\":{\"tools\":{}}", "\"roots\":{}");
    }

    @Test
    void textThatKeepsAConnectionAliveIsPassedOver() throws InterruptedException {
        answerPing(
                200,
                "text/event-stream",
                "data: ping\n\ndata: {}\n\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n\n");

        assertThat(opened().ping()).isEqualTo(new McpOutcome.Answer(RawJson.of("{}")));
    }

    @ParameterizedTest
    @CsvSource({"application/json,''", "text/event-stream,'data: '"})
    void answersThatAreCompressedUnaskedAreReadWithinTheSameLimit(String type, String lead)
            throws InterruptedException {
        server.behave((_, exchange, request) -> {
            if (!request.method().equals("ping")) {
                return false;
            }
            assertThat(request.headers()).containsEntry("Accept-Encoding", "identity");
            String huge = request.body().contains("\"id\":2") ? "" : " ".repeat(300_000);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(
                        (lead + huge + FakeMcpServer.reply(request, "{}") + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            exchange.close();
            return true;
        });
        McpConnection connection = opened();

        assertThat(connection.ping()).isEqualTo(new McpOutcome.Answer(RawJson.of("{}")));
        assertThat(((Failure) connection.ping()).message()).contains("larger than the limit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ping                   | "result":{}
        elicitation/create     | "result":{"action":"decline"}
        roots/list             | "result":{"roots":[]}
        sampling/createMessage | "error":{"code":-1,
        tasks/get              | "error":{"code":-32601,
        """)
    void whatAServerAsksIsDeclined(String method, String answer) throws InterruptedException {
        answerPing(
                200,
                "text/event-stream",
                "data: {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"" + method
                        + "\",\"params\":{}}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n\n");

        assertThat(opened().ping()).isEqualTo(new McpOutcome.Answer(RawJson.of("{}")));
        assertThat(server.received().getLast().body()).contains("\"id\":\"q\"").contains(answer);
    }

    private void answerPing(int status, String type, String body) {
        server.behave((_, exchange, request) -> {
            if (request.method().equals("ping")) {
                FakeMcpServer.send(exchange, status, type, body);
            }
            return request.method().equals("ping");
        });
    }

    private McpTarget target(URI url) {
        return new McpTarget(url, () -> Map.of("authorization", "Bearer secret-value"), LIMITS);
    }

    private OpenOutcome open(URI url) throws InterruptedException {
        return client.open(target(url), InitializeParams.latest("mcp-broker"), notifications::add);
    }

    private McpConnection opened() throws InterruptedException {
        OpenOutcome outcome = open(server.url());
        assertThat(outcome).isInstanceOf(Opened.class);
        return ((Opened) outcome).connection();
    }

    private Failure notOpened() throws InterruptedException {
        OpenOutcome outcome = open(server.url());
        assertThat(outcome).isInstanceOf(NotOpened.class);
        return ((NotOpened) outcome).failure();
    }
}
