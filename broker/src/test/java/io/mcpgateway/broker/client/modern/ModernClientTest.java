package io.mcpgateway.broker.client.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.translation.Introduction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ModernClientTest {
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(20), 20_000, 10_000);
    private static final Introduction META =
            new Introduction("2026-07-28", RawJson.of("{\"name\":\"t\"}"), RawJson.of("{}"), Optional.empty());
    private static final ModernRequest CALL = new ModernRequest(
            McpMethod.TOOLS_CALL,
            "2026-07-28",
            "\"a-1\"",
            RawJson.of(
                    "{ \"jsonrpc\":\"2.0\", \"id\":\"a-1\",\"method\":\"tools/call\",\"params\":{\"name\":\"gr\u00fc\u00df\"}}"),
            Map.of("mcp-name", "=?base64?Z3LDvMOf?=", "mcp-param-region", "eu"));

    private final McpHttpClient http = new McpHttpClient();
    private final ModernClient client = new ModernClient(http);
    private final List<String> notified = new CopyOnWriteArrayList<>();
    private FakeMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void aMessageGoesOutByteForByteWithTheHeadersThatMirrorIt() throws Exception {
        answer(200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":{\"content\":[ 1.0 ]}}");

        assertThat(exchange(CALL)).isEqualTo(new ModernReply.Result(RawJson.of("{\"content\":[ 1.0 ]}"), "complete"));

        FakeMcpServer.Received request = server.received().getFirst();
        assertThat(request.body()).isEqualTo(CALL.message().toString());
        assertThat(request.headers())
                .containsEntry("MCP-Protocol-Version", "2026-07-28")
                .containsEntry("Mcp-Method", "tools/call")
                .containsEntry("Mcp-Name", "=?base64?Z3LDvMOf?=")
                .containsEntry("Mcp-Param-Region", "eu")
                .containsEntry("Accept", "application/json, text/event-stream")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("X-Own", "1")
                .doesNotContainKey("Mcp-Session-Id");
    }

    @Test
    void aRequestOfOurOwnSaysAllAboutItself() {
        Introduction meta = InitializeParams.latest("mcp-broker").introduction("2026-07-28");
        ModernRequest request = ModernRequest.of(McpMethod.TOOLS_LIST, "7", meta, Map.of("cursor", RawJson.of("\"\"")));

        assertThat(request.message().toString())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{\"cursor\":\"\",\"_meta\":{"
                                + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"mcp-broker\",\"version\":\"dev\"},"
                                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}");
        assertThat(new Introduction("x", RawJson.of("{}"), RawJson.of("{}"), Optional.of(LogLevel.INFO))
                        .json()
                        .toString())
                .endsWith(",\"io.modelcontextprotocol/logLevel\":\"info\"}");
    }

    @Test
    void notificationsOfAStreamArriveAsTheyAreAndInOrder() throws Exception {
        String progress = "{\"jsonrpc\":\"2.0\", \"method\":\"notifications/progress\",\"params\":{\"progress\":1.50}}";
        String log = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}";
        answer(
                200,
                "text/event-stream",
                ": hello\n\ndata: still here\n\ndata: " + progress + "\n\ndata: " + log
                        + "\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"roots/list\"}\n\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":{\"resultType\":\"input_required\"}}\n\n");

        assertThat(exchange(CALL))
                .isEqualTo(new ModernReply.Result(RawJson.of("{\"resultType\":\"input_required\"}"), "input_required"));
        assertThat(notified).containsExactly(progress, log);
        assertThat(server.received())
                .as("nothing is answered to a request that is not allowed")
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|\"a-1\"|-32020",
                "400|\"a-1\"|-32021",
                "404|\"a-1\"|-32601",
                "400|null|-32600",
                "200|\"a-1\"|-32602",
                "422|\"a-1\"|-32000",
            })
    void aJsonRpcErrorIsTheOutcomeWhateverTheStatus(int status, String id, int code) throws Exception {
        answer(
                status,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code
                        + ",\"message\":\"no \u2603\",\"data\":{\"a\": 1}}}");

        assertThat(exchange(CALL))
                .isEqualTo(new ModernReply.Refused(status, code, "no \u2603", Optional.of(RawJson.of("{\"a\": 1}"))));
    }

    @Test
    void anErrorOfTheRequestNeedsNoId() throws Exception {
        answer(400, "application/json", "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32020,\"message\":\"m\"}}");

        assertThat(exchange(CALL)).isEqualTo(new ModernReply.Refused(400, -32020, "m", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 407, 408, 429, 500, 503})
    void otherStatusesAreNotAboutTheRequest(int status) throws Exception {
        answer(
                status,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"error\":{\"code\":-32022,\"message\":\"m\"}}");

        assertThat(exchange(CALL))
                .isInstanceOfSatisfying(
                        ModernReply.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        McpOutcome.HttpFailure.class,
                                        http -> assertThat(http.status()).isEqualTo(status)));
    }

    static List<List<String>> violations() {
        String result = "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":";
        return List.of(
                List.of("application/json", "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"result\":{}}", "another request"),
                List.of("application/json", result + "1}", "not an object with a resultType"),
                List.of("application/json", result + "{\"resultType\":1}}", "not an object with a resultType"),
                List.of("application/json", result + "{", "malformed JSON"),
                List.of("application/json", "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}", "does not belong"),
                List.of(
                        "application/json",
                        result + "{\"a\":\"" + "x".repeat(20_000) + "\"}}",
                        "larger than the limit"),
                List.of("text/event-stream", "data: " + "x".repeat(10_001), "larger than the limit"),
                List.of("text/event-stream", ": nothing\n\n", "ended without a response"),
                List.of("text/html", "<p>", "content type text/html"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void whatIsNoAnswerIsAFailureThatSaysWhy(List<String> violation) throws Exception {
        answer(200, violation.get(0), violation.get(1));

        assertThat(exchange(CALL))
                .isInstanceOfSatisfying(
                        ModernReply.Failed.class,
                        failed -> assertThat(failed.failure().message()).contains(violation.get(2)));
    }

    @Test
    void onlyWhatChangesNothingIsSentTwiceIfTheConnectionBreaks() throws Exception {
        server.behave((_, exchange, _) -> {
            exchange.close();
            return true;
        });

        assertThat(exchange(CALL)).isInstanceOf(ModernReply.Failed.class);
        assertThat(server.count("tools/call")).isEqualTo(1);
        assertThat(exchange(ModernRequest.of(McpMethod.TOOLS_LIST, "1", META, Map.of())))
                .isInstanceOf(ModernReply.Failed.class);
        assertThat(server.count("tools/list")).isEqualTo(2);
    }

    @Test
    void givingUpClosesTheStreamWhichIsTheCancellation() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        server.behave((_, exchange, _) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            try {
                while (true) {
                    out.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
                            .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(10);
                }
            } catch (IOException gone) {
                closed.set(true);
            }
            return true;
        });
        Thread calling = Thread.ofVirtual().start(() -> {
            try {
                exchange(CALL);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> !notified.isEmpty());

        calling.interrupt();

        await().untilTrue(closed);
    }

    @Test
    void aSubscriptionIsAcknowledgedAndThenSaysWhatChanges() throws Exception {
        ModernServer modern = new ModernServer();
        server.behave(modern);
        ListChanges wanted = new ListChanges(Set.of(CapabilityKind.TOOL, CapabilityKind.RESOURCE));
        assertThat(wanted.filter().toString()).isEqualTo("{\"resourcesListChanged\":true,\"toolsListChanged\":true}");
        AtomicReference<ModernReply> reply = new AtomicReference<>();
        Thread listening = listen(wanted, reply);
        await().until(() -> modern.openSubscriptions() == 1);

        modern.push("notifications/tools/list_changed");
        await().until(() -> notified.size() == 2);
        modern.endSubscriptions();

        assertThat(listening.join(Duration.ofSeconds(5))).isTrue();
        assertThat(reply.get()).isInstanceOf(ModernReply.Result.class);
        assertThat(ListChanges.acknowledged(RawJson.of(notified.getFirst())).kinds())
                .containsExactlyInAnyOrder(
                        CapabilityKind.TOOL, CapabilityKind.RESOURCE, CapabilityKind.RESOURCE_TEMPLATE);
        assertThat(notified.getLast()).contains("notifications/tools/list_changed");
    }

    @Test
    void aSubscriptionWithoutAcknowledgementIsNone() throws Exception {
        answer(
                200,
                "text/event-stream",
                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
        AtomicReference<ModernReply> reply = new AtomicReference<>();

        assertThat(listen(new ListChanges(Set.of(CapabilityKind.TOOL)), reply).join(Duration.ofSeconds(5)))
                .isTrue();

        assertThat(reply.get())
                .isInstanceOfSatisfying(
                        ModernReply.Failed.class,
                        failed -> assertThat(failed.failure().message()).contains("did not acknowledge"));
        assertThat(notified).isEmpty();
    }

    private Thread listen(ListChanges wanted, AtomicReference<ModernReply> reply) {
        ModernRequest request = ModernRequest.of(McpMethod.LISTEN, "3", META, Map.of("notifications", wanted.filter()));
        return Thread.ofVirtual().start(() -> {
            try {
                reply.set(client.listen(target(), request, (_, message) -> notified.add(message.toString())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(int status, String contentType, String body) {
        server.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, status, contentType, body);
            return true;
        });
    }

    private ModernReply exchange(ModernRequest request) throws InterruptedException {
        return client.exchange(target(), request, (_, message) -> notified.add(message.toString()));
    }

    private McpTarget target() {
        return new McpTarget(server.url(), () -> Map.of("x-own", "1"), LIMITS);
    }
}
