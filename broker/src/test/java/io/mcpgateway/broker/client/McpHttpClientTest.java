package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.client.McpOutcome.Answer;
import io.mcpgateway.broker.client.McpOutcome.Failure;
import io.mcpgateway.broker.client.OpenOutcome.NotOpened;
import io.mcpgateway.broker.client.OpenOutcome.Opened;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.McpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class McpHttpClientTest {
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofMillis(600), Duration.ofMillis(1200), Duration.ofSeconds(10), 200_000, 150_000);

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

    @Test
    void sessionIsInitializedAndTheServerIsToldSo() throws InterruptedException {
        McpConnection connection = opened();

        assertThat(connection.session().id()).contains("backend-1");
        assertThat(connection.session().protocolVersion()).isEqualTo("2025-11-25");
        assertThat(connection.session().capabilities().has(Capability.TOOLS)).isTrue();
        assertThat(connection.session().capabilities().has(Capability.TOOLS_LIST_CHANGED))
                .isFalse();
        assertThat(connection.session().result().toString()).contains("\"serverInfo\":{\"name\":\"fake\"");
        assertThat(server.received())
                .extracting(FakeMcpServer.Received::method)
                .containsExactly("initialize", "notifications/initialized");
    }

    @Test
    void headersFollowTheTransportSpecification() throws InterruptedException {
        opened().ping();

        Map<String, String> initialize = server.received().get(0).headers();
        assertThat(initialize)
                .containsEntry("Accept", "application/json, text/event-stream")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Authorization", "Bearer secret-value")
                .containsEntry("Accept-Encoding", "identity")
                .doesNotContainKeys("Mcp-Protocol-Version", "Mcp-Session-Id");
        assertThat(server.received().get(1).headers())
                .containsEntry("Mcp-Protocol-Version", "2025-11-25")
                .containsEntry("Mcp-Session-Id", "backend-1")
                .containsEntry("Authorization", "Bearer secret-value");
        assertThat(server.received().get(2).method()).isEqualTo("ping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void everyKnownRevisionIsAccepted(String version) throws InterruptedException {
        server.protocolVersion(version);

        McpConnection connection = opened();

        assertThat(connection.session().protocolVersion()).isEqualTo(version);
        boolean sent = server.received().get(1).headers().containsKey("Mcp-Protocol-Version");
        assertThat(sent).isEqualTo(version.compareTo("2025-06-18") >= 0);
    }

    @Test
    void unknownRevisionIsNamed() throws InterruptedException {
        server.protocolVersion("2031-01-01");

        assertThat(notOpened().message()).contains("unsupported protocol version \"2031-01-01\"");
        assertThat(server.count("notifications/initialized")).isZero();
    }

    @Test
    void proposalAndFeaturesAreSent() throws InterruptedException {
        InitializeParams params =
                new InitializeParams("2025-06-18", "mcp-gateway", new ClientFeatures(true, false, true));

        client.open(target(server.url()), params, notifications::add);

        assertThat(server.received().get(0).body())
                .contains("\"protocolVersion\":\"2025-06-18\"", "\"capabilities\":{\"elicitation\":{},\"roots\":{}}");
    }

    @Test
    void serverWithoutSessionsIsServedWithoutSessionHeader() throws InterruptedException {
        server.sessionId("");

        McpConnection connection = opened();
        connection.ping();
        connection.delete();

        assertThat(connection.session().id()).isEmpty();
        assertThat(server.received().get(2).headers()).doesNotContainKey("Mcp-Session-Id");
        assertThat(server.countHttp("DELETE")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"has space", "tab\there", "\u00fcmlaut"})
    void sessionIdWithForbiddenCharactersIsRefused(String id) throws InterruptedException {
        server.sessionId(id);

        assertThat(notOpened().message()).contains("session id");
    }

    @Test
    void resultIsKeptByteForByte() throws InterruptedException {
        String odd = "{ \"big\":12345678901234567890, \"f\":1.0 ,\"u\":\"\\u00e9\u00e9<&>\", \"z\":1,\"a\":[ ] }";
        onRequest("tools/list", odd);

        assertThat(opened().request(McpMethod.TOOLS_LIST, RawJson.of("{\"cursor\":\"x\"}")))
                .isEqualTo(new Answer(RawJson.of(odd)));
        assertThat(server.received().getLast().body()).endsWith("\"params\":{\"cursor\":\"x\"}}");
    }

    @Test
    void eventStreamAnswersPingsDeclinesTheRestAndFindsTheReply() throws InterruptedException {
        server.behave((_, exchange, request) -> {
            if (!request.method().equals("tools/list")) {
                return false;
            }
            String stream = "\uFEFF: hello\r\nid: 1\r\ndata: \r\n\r\n"
                    + "event: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\r\n\r\n"
                    + "data: {\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"method\":\"ping\"}\n\n"
                    + "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{}}\n\n"
                    + "data: " + FakeMcpServer.reply(request, "{\"a\":\ndata: 1}") + "\n\n";
            FakeMcpServer.send(exchange, 200, "text/event-stream; charset=utf-8", stream);
            return true;
        });

        assertThat(opened().request(McpMethod.TOOLS_LIST)).isEqualTo(new Answer(RawJson.of("{\"a\":\n1}")));
        assertThat(notifications).containsExactly("notifications/message");
        assertThat(server.received())
                .extracting(FakeMcpServer.Received::body)
                .contains(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"result\":{}}",
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-1,\"message\":\"Declined: the gateway only"
                                + " reads lists in this session\"}}");
    }

    @Test
    void lastEventMayLackItsBlankLine() throws InterruptedException {
        server.behave((_, exchange, request) -> {
            if (request.method().equals("ping")) {
                FakeMcpServer.send(exchange, 200, "text/event-stream", "data: " + FakeMcpServer.reply(request, "{}"));
            }
            return request.method().equals("ping");
        });

        assertThat(opened().ping()).isEqualTo(new Answer(RawJson.of("{}")));
    }

    @Test
    void rpcErrorIsAValue() throws InterruptedException {
        answerPing(
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32601,\"message\":\"no\"}}");

        assertThat(opened().ping()).isEqualTo(new McpOutcome.RpcError(-32601, "no"));
    }

    @ParameterizedTest
    @MethodSource("io.mcpgateway.broker.client.BadAnswers#all")
    void whatIsNoAnswerIsSaidInWords(int status, String type, String body, String words) throws InterruptedException {
        answerPing(status, type, body);

        McpOutcome outcome = opened().ping();

        assertThat(outcome).isInstanceOf(Failure.class);
        assertThat(((Failure) outcome).message()).contains(words).doesNotContain("secret-value", "127.0.0.1");
    }

    @Test
    void lostSessionIsItsOwnOutcome() throws InterruptedException {
        answerPing(404, "text/plain", "");

        assertThat(opened().ping()).isEqualTo(new McpOutcome.SessionLost());
    }

    @Test
    void notFoundWithoutASessionIsAnOrdinaryFailure() throws InterruptedException {
        server.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, 404, "text/plain", "");
            return true;
        });

        assertThat(notOpened().message())
                .isEqualTo("the server answered HTTP 404: is spec.path (the path of its url) right?");
    }

    @Test
    void redirectsAreNotFollowed() throws InterruptedException {
        server.behave((self, exchange, _) -> {
            exchange.getResponseHeaders().set("Location", self.url() + "/other");
            FakeMcpServer.send(exchange, 307, "text/plain", "");
            return true;
        });

        assertThat(notOpened().message())
                .isEqualTo("the server answered HTTP 307: it redirects to " + server.url()
                        + "/other, which the gateway does not follow; is spec.path (the path of its url) right?");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void nobodyListeningIsConnectionRefused() throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        OpenOutcome outcome = open(URI.create("http://127.0.0.1:" + port + "/mcp"));

        assertThat(outcome).isEqualTo(new NotOpened(new McpOutcome.Unreachable("connection refused")));
    }

    @Test
    void unknownHostIsSaidSo() throws InterruptedException {
        OpenOutcome outcome = open(URI.create("http://does-not-exist.invalid/mcp"));

        assertThat(outcome).isEqualTo(new NotOpened(new McpOutcome.Unreachable("unknown host")));
    }

    @Test
    void silenceEndsWithTheHeaderTimeout() throws InterruptedException {
        server.behave((self, _, _) -> {
            self.hang();
            return true;
        });

        assertThat(notOpened()).isEqualTo(new McpOutcome.Timeout("timed out: no response within 600 ms"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void answerThatStopsHalfwayEndsWithTheExchangeTimeout(String type) throws InterruptedException {
        server.behave((self, exchange, request) -> {
            if (!request.method().equals("ping")) {
                return false;
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: {".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            self.hang();
            return true;
        });

        assertThat(opened().ping()).isEqualTo(new McpOutcome.Timeout("timed out: no complete response within 1200 ms"));
    }

    @Test
    void endlessCommentsDoNotHoldTheExchangeOpen() throws InterruptedException {
        server.behave((_, exchange, request) -> {
            if (!request.method().equals("ping")) {
                return false;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (true) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(20);
            }
        });

        assertThat(opened().ping()).isInstanceOf(McpOutcome.Timeout.class);
    }

    @Test
    void invalidHeaderValueIsRefusedWithoutShowingIt() throws InterruptedException {
        McpTarget target = new McpTarget(server.url(), () -> Map.of("authorization", "Bearer a\nb-secret"), LIMITS);

        OpenOutcome outcome = client.open(target, InitializeParams.latest("mcp-broker"), notifications::add);

        assertThat(((NotOpened) outcome).failure().message())
                .contains("not valid in HTTP")
                .doesNotContain("b-secret");
    }

    @Test
    void interruptEndsAWaitingRequest() throws InterruptedException {
        server.behave((self, _, _) -> {
            self.hang();
            return true;
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                open(server.url());
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        await().until(() -> !server.received().isEmpty());

        caller.interrupt();

        assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void deletingNamesTheSession() throws InterruptedException {
        opened().delete();

        assertThat(server.received().getLast().http()).isEqualTo("DELETE");
        assertThat(server.received().getLast().headers()).containsEntry("Mcp-Session-Id", "backend-1");
    }

    @Test
    void nothingPrintsASecret() throws InterruptedException {
        McpConnection connection = opened();

        assertThat(connection.toString() + connection.session() + target(URI.create("http://u:p@h:1/x?key=v")))
                .doesNotContain("backend-1", "secret-value", "key=v", "u:p");
    }

    private void answerPing(int status, String type, String body) {
        server.behave((_, exchange, request) -> {
            if (request.method().equals("ping")) {
                FakeMcpServer.send(exchange, status, type, body);
            }
            return request.method().equals("ping");
        });
    }

    private void onRequest(String method, String result) {
        server.behave((_, exchange, request) -> {
            if (request.method().equals(method)) {
                FakeMcpServer.result(exchange, request, result);
            }
            return request.method().equals(method);
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
