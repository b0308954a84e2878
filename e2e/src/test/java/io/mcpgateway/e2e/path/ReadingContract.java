package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RawHttp;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests have one meaning: for the gateway, for proxies in between, and for the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReadingContract {
    private static final String CALL = McpClient.callBody("\"r-1\"", "recorded_echo", "{}");
    /** In UTF-7 this body names another tool; in UTF-8 the second name is a part of a text. */
    private static final String TWO_NAMES = "{\"jsonrpc\":\"2.0\",\"id\":\"r-1\",\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"recorded_echo\",\"arguments\":{},\"x\":\"+ACIALAAi-name+ACIAOgAi-secret\"}}";

    private static final List<String> MODERN_REQUESTS =
            List.of("server/discover", "tools/list", "tools/call", "subscriptions/listen");

    private final Front front;
    private final Closer closer = new Closer();
    private RecordingBackend recording;
    private TestGateway gateway;
    private McpClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    ReadingContract(Front front) {
        this.front = front;
    }

    @BeforeAll
    void startEverything() throws IOException {
        front.envoy();
        recording = closer.keep(RecordingBackend.start("echo"));
        gateway = closer.keep(TestGateway.start(front, List.of(ServerEntry.of("recorded", recording.url()))));
        gateway.awaitTools("the tool of the server", names -> names.contains("recorded_echo"));
        client = closer.keep(gateway.connect());
        client.call("recorded_echo", "{}");
    }

    @AfterAll
    void stopEverything() {
        closer.close();
    }

    @BeforeEach
    void forgetEarlierTests() {
        recording.forgetRequests();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-7",
                "application/json; charset=\"UTF-7\"",
                "application/json; charset=utf-8; charset=utf-7",
                "application/json; charset=utf-7; charset=utf-8",
                "application/json;CHARSET=utf-16le",
                "application/json; charset=iso-2022-jp",
                "application/json; charset*=utf-8''utf-7",
                "application/json, application/json; charset=utf-7",
                "text/plain"
            })
    void anotherCharsetReachesNoServer(String contentType) throws IOException {
        for (String body : List.of(TWO_NAMES, message("tools/list"))) {
            Reply reply = client.post(body, Map.of("Content-Type", contentType));

            assertThat(reply.status()).as("%s", reply).isEqualTo(415);
            assertThat(reply.json().path("id").asText()).isEqualTo("r-1");
        }
        assertThat(recording.calls()).isEmpty();
    }

    @Test
    void anEncodedBodyOrASecondContentTypeReachesNoServer() throws IOException {
        for (List<String> extra : List.of(
                List.of("Content-Encoding: gzip"),
                List.of("Content-Encoding: identity", "Content-Encoding: deflate"),
                List.of("Content-Encoding: br, identity"),
                List.of("Content-Type: application/json"),
                List.of("Content-Type: application/json; charset=utf-7"))) {
            Reply reply = raw(extra, TWO_NAMES);

            assertThat(reply.status()).as("%s for %s", reply, extra).isEqualTo(415);
            assertThat(reply.json().path("id").asText()).isEqualTo("r-1");
        }
        assertThat(recording.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "IDENTITY", "identity, identity", ""})
    void aBodyThatIsNotEncodedIsTakenAlsoIfItSaysSo(String encoding) throws IOException {
        for (String body : List.of(TWO_NAMES, message("tools/list"))) {
            Reply reply = raw(List.of("Content-Encoding: " + encoding), body);

            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
            assertThat(reply.json().has("result")).as("%s", reply).isTrue();
        }
        assertThat(recording.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.header("Content-Encoding")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON;charset=UTF-8",
                "application/json ; Charset=\"utf-8\"; v=\"; charset=utf-7\""
            })
    void aServerGetsPlainJsonHoweverTheClientWroteIt(String contentType) throws IOException {
        Reply reply = client.post(TWO_NAMES, Map.of("Content-Type", contentType));

        assertThat(reply.text()).as("%s", reply).isEqualTo("echo");
        assertThat(recording.calls()).singleElement().satisfies(call -> {
            assertThat(call.header("Content-Type")).contains("application/json");
            assertThat(call.header("Content-Encoding")).isEmpty();
            assertThat(call.body()).isEqualTo(TWO_NAMES.replace("recorded_echo", "echo"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "ping", "tools/call"})
    void inASessionALaterRevisionIsTheSessions(String method) throws IOException {
        for (String version :
                List.of("2025-11-25", "2025-11-25, 2025-11-25", "2026-07-28", "2026-07-28,2026-07-28", "2025-06-18")) {
            Reply reply = client.post(message(method), Map.of("MCP-Protocol-Version", version));

            assertThat(reply.status()).as("%s for %s", reply, version).isEqualTo(200);
            assertThat(reply.json().has("result")).as("%s", reply).isTrue();
        }
        assertThat(recording.calls())
                .allSatisfy(
                        call -> assertThat(call.header("MCP-Protocol-Version")).contains("2025-11-25"));
        assertThat(raw(List.of("MCP-Protocol-Version: 2025-11-25", "MCP-Protocol-Version: 2025-11-25"), message(method))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "ping", "tools/call"})
    void whatIsNoRevisionIsRefusedByAll(String method) throws IOException {
        for (String version : List.of("banana", "1999-01-01", "2025-11-25, 2025-06-18", "2026-99-99")) {
            Reply reply = client.post(message(method), Map.of("MCP-Protocol-Version", version));

            assertThat(reply.status()).as("%s for %s", reply, version).isEqualTo(400);
            assertThat(reply.json().at("/error/code").asInt()).isEqualTo(-32600);
            assertThat(reply.json().path("id").asText()).isEqualTo("r-1");
        }
        assertThat(recording.calls()).isEmpty();
    }

    static Stream<String> modernRequests() {
        return MODERN_REQUESTS.stream();
    }

    /** MCP 2026-07-28, "Versioning": from these the client chooses one. */
    @ParameterizedTest
    @MethodSource("modernRequests")
    void aClientOfALaterRevisionGetsTheSupportedOnes(String method) throws IOException {
        McpClient stranger = client.withSession(Optional.empty());
        String declared = message(method)
                .replace(
                        "\"params\":{",
                        "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2027-01-15\","
                                + "\"io.modelcontextprotocol/clientCapabilities\":{}},")
                .replace(",}", "}");

        Reply reply = stranger.post(
                declared,
                Map.of("MCP-Protocol-Version", "2027-01-15", "Mcp-Method", method, "Mcp-Name", "recorded_echo"));

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.json().path("id").asText()).isEqualTo("r-1");
        assertThat(reply.json().at("/error/code").asInt()).as("%s", reply).isEqualTo(-32022);
        assertThat(reply.json().at("/error/data/requested").asText()).isEqualTo("2027-01-15");
        assertThat(reply.json().at("/error/data/supported"))
                .extracting(version -> version.asText())
                .containsExactlyInAnyOrder("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
        assertThat(recording.calls()).isEmpty();
    }

    @Test
    void ofMcpsOwnHeadersThereIsOneEach() throws IOException {
        for (String line : List.of(
                "Mcp-Session-Id: " + client.session().orElseThrow(),
                "Mcp-Name: a",
                "Mcp-Method: ping",
                "Mcp-Param-X: 1")) {
            for (String method : List.of("tools/call", "tools/list")) {
                Reply reply = raw(List.of(line, line.replaceFirst(": .*", ": other")), message(method));

                assertThat(reply.status()).as("%s for %s", reply, line).isEqualTo(400);
                assertThat(reply.json().path("id").asText()).isEqualTo("r-1");
            }
        }
        assertThat(recording.calls()).isEmpty();
    }

    /** MCP's schema does not allow a null ID; a refusal has the request's ID if it can be read, and otherwise none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'jsonrpc':'2.0','id':'r-1','method':'tools/call','params':{'name':'x'}} | text/plain | r-1",
                "{'jsonrpc':'1.0','id':'r-1','method':'ping'} | application/json | r-1",
                "{'jsonrpc':'2.0','id':'r-1','method':'tools/call','params':{ | application/json | r-1",
                "{'jsonrpc':'2.0','id':null,'method':'ping'} | application/json | ``",
                "{'jsonrpc':'2.0','method':'tools/call','params':{'name':'recorded_echo'}} | application/json | ``",
                "{'jsonrpc':'2.0','id':'r-1','result':{}} | application/json | ``",
                "[{'jsonrpc':'2.0','id':'r-1','method':'ping'}] | application/json | ``",
                "hello | application/json | ``",
                "hello | text/plain | ``",
            })
    void aRefusalCarriesTheIdOrNone(String body, String contentType, String id) throws IOException {
        Reply reply = client.post(body.replace('\'', '"'), Map.of("Content-Type", contentType));

        assertThat(reply.status()).as("%s", reply).isIn(400, 415);
        assertThat(reply.json().has("id")).as("%s", reply).isEqualTo(!id.isEmpty());
        assertThat(reply.json().path("id").asText()).isEqualTo(id);
    }

    @Test
    void anAnswerToNoMessageHasNoId() throws IOException {
        McpClient stranger = client.withSession(Optional.empty());
        for (Reply reply : List.of(
                stranger.send("GET", Map.of("Accept", "text/event-stream")), stranger.send("DELETE", Map.of()))) {
            assertThat(reply.status()).as("%s", reply).isEqualTo(400);
            assertThat(reply.json().has("error")).as("%s", reply).isTrue();
            assertThat(reply.json().has("id")).as("%s", reply).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"cursor\":\"\"}", "{\"cursor\":null}"})
    void noParamsAndNoCursorAreWrittenInManyWays(String params) throws IOException {
        Reply list = client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":" + params + "}", Map.of());

        assertThat(list.json().at("/result/tools")).as("%s", list).hasSize(1);
    }

    @Test
    void argumentsMayBeNestedDeep() throws IOException {
        String deep = "{\"a\":".repeat(126) + "1" + "}".repeat(126);

        assertThat(client.call("recorded_echo", deep).text()).isEqualTo("echo");
    }

    /** Content-Type once, and the session; {@code extra} is added. */
    private Reply raw(List<String> extra, String body) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "Host: 127.0.0.1", "Content-Type: application/json", "Accept: application/json, text/event-stream"));
        if (extra.stream().noneMatch(line -> line.startsWith("Mcp-Session-Id"))) {
            lines.add("Mcp-Session-Id: " + client.session().orElseThrow());
        }
        lines.addAll(extra);
        return RawHttp.post(gateway.port(), lines, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String message(String method) {
        return method.equals("tools/call")
                ? CALL
                : "{\"jsonrpc\":\"2.0\",\"id\":\"r-1\",\"method\":\"" + method + "\",\"params\":{}}";
    }
}
