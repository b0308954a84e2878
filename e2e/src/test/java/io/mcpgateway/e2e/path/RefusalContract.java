package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.ForgedTokens;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RawHttp;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, how, and that none of it reaches a server or harms the process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RefusalContract {
    private static final String BACKEND_HOST = "recorded.mcp.local";
    private static final String CALL = McpClient.callBody("1", "recorded_echo", "{}");
    private static final String MARK = "X-Attack";
    private static final int FIVE_MIB = 5 * 1024 * 1024;

    private final Front front;
    private final Closer closer = new Closer();
    private RecordingBackend recording;
    private TestGateway gateway;
    private McpClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    RefusalContract(Front front) {
        this.front = front;
    }

    @BeforeAll
    void startEverything() throws IOException {
        front.envoy();
        recording = closer.keep(RecordingBackend.start("echo"));
        SampleServer sample = closer.keep(SampleServer.start(SampleOptions.local(SampleKind.SERVER1)));
        gateway = closer.keep(TestGateway.start(
                front, List.of(ServerEntry.of("recorded", recording.url()), ServerEntry.of("one", sample.url()))));
        gateway.awaitTools(
                "the tools of both servers", names -> names.contains("recorded_echo") && names.contains("one_headers"));
        client = closer.keep(gateway.connect());
    }

    @AfterAll
    void stopEverything() {
        closer.close();
    }

    @BeforeEach
    void forgetEarlierTests() {
        recording.forgetRequests();
    }

    /** Whatever was sent, the next well-formed call works. */
    @AfterEach
    void gatewayLivesOn() throws IOException {
        assertThat(client.call("recorded_echo", "{}").text()).isEqualTo("echo");
    }

    /** A body and the expected response. */
    record Refused(String label, String body, int status, int code, String cause) {
        @Override
        public String toString() {
            return label;
        }
    }

    static Stream<Refused> bodies() {
        return Stream.of(
                new Refused("batch", "[" + CALL + "]", 400, -32600, "batch"),
                new Refused("empty body", "", 400, -32700, "empty"),
                new Refused("no JSON", "hello", 400, -32700, "JSON"),
                new Refused("cut off", CALL.substring(0, 30), 400, -32700, "JSON"),
                new Refused("two messages", CALL + CALL, 400, -32700, "after"),
                new Refused("deep nesting", "[".repeat(100_000), 400, 0, ""),
                new Refused("deep arguments", deep(), 400, 0, "nest"),
                new Refused("method twice", twice(), 400, 0, "twice"),
                new Refused("name twice", CALL.replace("{\"name\"", "{\"name\":\"x\",\"name\""), 400, 0, "twice"),
                new Refused("null id", McpClient.callBody("null", "recorded_echo", "{}"), 400, -32600, "id"),
                new Refused("object id", McpClient.callBody("{}", "recorded_echo", "{}"), 400, -32600, "id"),
                new Refused("jsonrpc 1.0", CALL.replace("2.0", "1.0"), 400, -32600, "jsonrpc"),
                new Refused("no method", "{\"jsonrpc\":\"2.0\",\"id\":1}", 400, -32600, "method"),
                new Refused("call without params", call("{}"), 0, -32602, "name"),
                new Refused("call of a number", call("{\"name\":7}"), 0, -32602, "name"),
                new Refused("call without name", call("{\"name\":\"\"}"), 0, -32602, ""),
                new Refused("unknown tool", call("{\"name\":\"no_such\"}"), 200, -32602, "no_such"),
                new Refused("name without prefix", call("{\"name\":\"echo\"}"), 200, -32602, "echo"),
                new Refused(
                        "unknown method",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}",
                        200,
                        -32601,
                        "no/such"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void badBodyIsRefusedWithItsCause(Refused refused) throws IOException {
        Reply reply = client.post(refused.body(), Map.of());

        assertThat(reply.json().at("/error/code").isInt()).as("%s", reply).isTrue();
        assertThat(reply.json().at("/error/message").asText()).as("%s", reply).containsIgnoringCase(refused.cause());
        if (refused.code() != 0) {
            assertThat(reply.json().at("/error/code").asInt()).as("%s", reply).isEqualTo(refused.code());
        }
        if (refused.status() != 0) {
            assertThat(reply.status()).as("%s", reply).isEqualTo(refused.status());
        }
        assertThat(recording.calls()).isEmpty();
    }

    @Test
    void bodyOverFiveMebibytesIsRefused() throws IOException {
        Reply reply = RawHttp.post(gateway.port(), headers(client.session().orElseThrow()), oversized(FIVE_MIB + 1));

        assertThat(reply.status()).as("%s", reply).isEqualTo(413);
        assertThat(reply.body()).isNotBlank();
        assertThat(recording.calls()).isEmpty();
    }

    /** The reader stops reading, so its 4xx may be lost when it closes the connection. */
    @Test
    void headersOverSixtyFourKibibytesAreRefused() {
        try {
            Reply reply = client.post(CALL, Map.of("X-Large", "x".repeat(66 * 1024)));

            assertThat(reply.status()).as("%s", reply).isIn(400, 431);
        } catch (IOException closed) {
            assertThat(closed).isNotInstanceOf(HttpTimeoutException.class);
        }
        assertThat(recording.calls()).isEmpty();
    }

    @Test
    void bodyOfFiveMebibytesIsServed() throws IOException {
        Reply reply = RawHttp.post(gateway.port(), headers(client.session().orElseThrow()), oversized(FIVE_MIB));

        assertThat(reply.text()).isEqualTo("echo");
        assertThat(recording.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/call", "tools/list", "ping"})
    void requestWithoutSessionIsABadRequest(String method) throws IOException {
        Reply reply = client.withSession(Optional.empty()).post(body(method), Map.of());

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.body()).containsIgnoringCase("session");
        assertThat(recording.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/call", "tools/list", "ping"})
    void sessionThatWeDidNotGiveOutIsNotFound(String method) throws IOException {
        ForgedTokens forged = ForgedTokens.of(client.session().orElseThrow());
        for (String token : List.of(
                "garbage",
                "a.b.c",
                "x".repeat(6000),
                forged.signedWith("another-key-for-tests-0123456789abcdef"),
                forged.unsigned())) {
            Reply reply = client.withSession(Optional.of(token)).post(body(method), Map.of());

            assertThat(reply.status()).as("%s for %.20s", reply, token).isEqualTo(404);
            assertThat(reply.body()).containsIgnoringCase("session not found").doesNotContain(token);
        }
        assertThat(recording.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/call", "tools/list", "ping"})
    void expiredSessionIsSaidToBeExpired(String method) throws IOException {
        String expired = ForgedTokens.of(client.session().orElseThrow()).expired(3600, TestGateway.SIGNING_KEY);

        Reply reply = client.withSession(Optional.of(expired)).post(body(method), Map.of());

        assertThat(reply.status()).as("%s", reply).isEqualTo(404);
        assertThat(reply.body()).containsIgnoringCase("session expired");
        assertThat(recording.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BACKEND_HOST,
                BACKEND_HOST + ":80",
                "RECORDED.mcp.local",
                BACKEND_HOST + ".",
                "demo." + BACKEND_HOST
            })
    void hostOfABackendLeadsNobodyToIt(String host) throws IOException {
        for (String session : List.of("", client.session().orElseThrow(), "recorded-" + recording.port() + "-1")) {
            List<String> lines = attack(host, session);
            for (String body : List.of(CALL.replace("recorded_", ""), McpClient.INITIALIZE, body("tools/list"))) {
                RawHttp.post(gateway.port(), lines, bytes(body));
            }
            RawHttp.exchange(gateway.port(), "GET /mcp HTTP/1.1", withoutStream(lines), new byte[0]);
            RawHttp.exchange(gateway.port(), "DELETE /other HTTP/1.1", lines, new byte[0]);
            RawHttp.exchange(gateway.port(), "POST http://" + host + "/mcp HTTP/1.1", lines, new byte[0]);
        }

        assertNothingArrived();
    }

    /** The control of the two tests around it: the marker that they look for does reach the server. */
    @Test
    void markOfAnOrdinaryCallArrives() throws IOException {
        RawHttp.post(gateway.port(), attack("127.0.0.1", client.session().orElseThrow()), bytes(CALL));

        assertThat(recording.calls())
                .hasSize(1)
                .allMatch(call -> call.header(MARK).isPresent());
    }

    @Test
    void spoofedRouterHeadersLeadNobodyToABackend() throws IOException {
        String session = client.session().orElseThrow();
        for (String key : List.of("", "garbage", session)) {
            for (String body : List.of(McpClient.INITIALIZE, body("tools/list"), CALL.replace("recorded_", ""))) {
                List<String> lines = attack("127.0.0.1", session);
                lines.add("mcp-init-host: " + BACKEND_HOST);
                lines.add("Router-Key: " + key);
                lines.add("X-Mcp-Servername: demo/recorded");
                lines.add("X-Mcp-Toolname: echo");
                lines.add("X-Mcp-Method: tools/call");
                RawHttp.post(gateway.port(), lines, bytes(body));
            }
        }

        assertNothingArrived();
    }

    @Test
    void headersThatOnlyTheRouterSetsAreReplacedOnAnOrdinaryCall() throws IOException {
        List<String> lines = attack("127.0.0.1", client.session().orElseThrow());
        lines.add("X-Mcp-Toolname: delete_everything");
        lines.add("X-MCP-TOOLNAME: twice");
        lines.add("x-mcp-servername: demo/other");
        lines.add("x-mcp-annotation-hints: readOnly=lies");

        Reply reply = RawHttp.post(gateway.port(), lines, bytes(McpClient.callBody("1", "one_headers", "{}")));

        assertThat(reply.text().lines().map(line -> line.toLowerCase(java.util.Locale.ROOT)))
                .contains("x-mcp-toolname: headers", "x-mcp-servername: demo/one", "x-mcp-method: tools/call")
                .noneMatch(line -> line.startsWith("router-key") || line.startsWith("mcp-init-host"))
                .noneMatch(line -> line.contains("lies"));
    }

    private void assertNothingArrived() {
        assertThat(recording.requests())
                .filteredOn(request -> request.header(MARK).isPresent())
                .extracting(Recorded::body)
                .isEmpty();
    }

    private static List<String> attack(String host, String session) {
        List<String> lines = headers(session);
        lines.set(0, "Host: " + host);
        lines.add(MARK + ": 1");
        return lines;
    }

    /** A GET with a valid session would be a stream without end. */
    private static List<String> withoutStream(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("Mcp-Session-Id")).toList();
    }

    private static List<String> headers(String session) {
        List<String> lines = new ArrayList<>(List.of(
                "Host: 127.0.0.1", "Content-Type: application/json", "Accept: application/json, text/event-stream"));
        if (!session.isEmpty()) {
            lines.add("Mcp-Session-Id: " + session);
        }
        return lines;
    }

    private static byte[] oversized(int length) {
        String call = McpClient.callBody("1", "recorded_echo", "{\"fill\":\"\"}");
        return bytes(call.replace("\"\"", "\"" + "x".repeat(length - call.length()) + "\""));
    }

    private static String body(String method) {
        return method.equals("tools/call") ? CALL : "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    }

    private static String call(String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + params + "}";
    }

    private static String twice() {
        return CALL.replace("\"method\"", "\"method\":\"ping\",\"method\"");
    }

    private static String deep() {
        return call(
                "{\"name\":\"recorded_echo\",\"arguments\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5000) + "}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
