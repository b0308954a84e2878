package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.AskingBackend;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers send requests to the client during its call, and get the reply. */
abstract class ServerRequestsContract extends WithGateway {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OUR_ID = Pattern.compile("\"(mcpgw1\\.[A-Za-z0-9._-]+)\"");

    private static final String SET_LEVEL =
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"debug\"}}";

    private AskingBackend one;
    private AskingBackend two;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    ServerRequestsContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        one = keep(AskingBackend.start("ask"));
        two = keep(AskingBackend.start("ask"));
        TestGateway gateway = keep(
                TestGateway.start(front, List.of(ServerEntry.of("one", one.url()), ServerEntry.of("two", two.url()))));
        gateway.awaitTools("the tools of both servers", List.of("one_ask", "two_ask")::equals);
        return gateway;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0                      | elicitation/create     | {"message":"who?","requestedSchema":{"type":"object","properties":{"id":{"type":"string"}}}}
            "a-1"                  | sampling/createMessage | {"messages":[],"maxTokens":10}
            12345678901234567890   | roots/list             | {}
            1.0                    | ping                   | {}
            """)
    void theAnswerReachesTheServerThatAskedWithItsOwnId(String id, String method, String params) throws Exception {
        String ask =
                "{\"jsonrpc\":\"2.0\", \"id\": " + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
        try (McpClient client = connect("\"elicitation\":{},\"sampling\":{},\"roots\":{}")) {
            HttpResponse<Stream<String>> answer = client.stream(callBody("one_ask", ask, "call"), Map.of());
            Iterator<String> lines = answer.body().iterator();

            String asked = next(lines, method);
            Matcher ours = OUR_ID.matcher(asked);
            assertThat(ours.find()).as(asked).isTrue();
            assertThat(asked).isEqualTo("data: " + ask.replace("\"id\": " + id + ",", "\"id\": " + ours.group() + ","));
            Reply posted = client.post(
                    "{ \"jsonrpc\":\"2.0\", \"id\":" + ours.group() + ",\"result\":{\"n\":98765432109876543210}}",
                    Map.of());

            assertThat(posted.status()).isEqualTo(202);
            assertThat(posted.header("mcp-session-id")).isEqualTo(client.session());
            String expected = "{ \"jsonrpc\":\"2.0\", \"id\":" + id + ",\"result\":{\"n\":98765432109876543210}}";
            assertThat(next(lines, "result")).contains(JSON.writeValueAsString(expected));
            Recorded reply = one.requests("").stream()
                    .filter(request -> request.body().equals(expected))
                    .reduce((first, last) -> last)
                    .orElseThrow();
            assertThat(reply.header("x-mcp-servername")).contains("demo/one");
            assertThat(reply.header("mcp-session-id").orElse("")).startsWith("asking-");
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"roots\":{}', application/json", "'', application/json", "'', application/*;q=0.5"})
    void aClientThatTakesNoEventStreamGetsTheAnswerAsJson(String capabilities, String accept) throws Exception {
        String log =
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1}}";
        try (McpClient client = connect(capabilities, Map.of())) {
            Reply reply = client.post(callBody("one_ask", log, "say"), Map.of("Accept", accept));

            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
            assertThat(reply.header("content-type")).contains("application/json");
            assertThat(reply.header("mcp-session-id")).isEqualTo(client.session());
            assertThat(reply.json().has("result")).as("%s", reply).isTrue();
        }
    }

    /** A client may use any ID in its session; the gateway's own requests must not be confused with the client's. */
    @Test
    void requestsOfTheGatewayHaveIdsOfTheirOwnInASessionAtAServer() throws Exception {
        try (McpClient client = connect("\"roots\":{}")) {
            client.post(SET_LEVEL, Map.of());
            answerPing(client, "two_ask");
            client.post(SET_LEVEL, Map.of());
            client.post(SET_LEVEL, Map.of());
        }
        List<String> ids = new ArrayList<>();
        for (String method : List.of("initialize", "logging/setLevel")) {
            for (Recorded request : two.requests(method)) {
                if (request.header("x-mcp-servername").isPresent()) {
                    ids.add(JSON.readTree(request.body()).path("id").toString());
                }
            }
        }

        assertThat(ids)
                .hasSizeGreaterThanOrEqualTo(4)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("\"mcp-gateway-"));
    }

    @Test
    void everythingElseInTheStreamStaysAsItIs() throws Exception {
        String ask = "{\"jsonrpc\":\"2.0\",\n\"id\":5,\"method\":\"ping\"}";
        try (McpClient client = connect("\"roots\":{}")) {
            HttpResponse<Stream<String>> answer = client.stream(callBody("two_ask", ask, "call"), Map.of());
            Iterator<String> lines = answer.body()
                    .dropWhile(line -> line.isEmpty() || line.equals(":"))
                    .iterator();

            assertThat(Stream.generate(lines::next).limit(7))
                    .containsExactly(
                            ": working",
                            "",
                            "id: e-1",
                            "event: message",
                            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                                    + "{\"progressToken\":1.0,\"progress\":1}}",
                            "",
                            "id: e-2");
            assertThat(lines.next()).isEqualTo("data: {\"jsonrpc\":\"2.0\",");
            Matcher ours = OUR_ID.matcher(lines.next());
            assertThat(ours.find()).isTrue();
            client.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + ours.group() + ",\"error\":{\"code\":-1,\"message\":\"no\"}}",
                    Map.of());
            assertThat(next(lines, "result")).contains("\\\"id\\\":5,\\\"error\\\"");
        }
    }

    @Test
    void aReplyInAnotherSessionIsRefusedAndReachesNobody() throws Exception {
        String ask = "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"roots/list\"}";
        try (McpClient client = connect("\"roots\":{}");
                McpClient other = connect("\"roots\":{}")) {
            Iterator<String> lines = client.stream(callBody("one_ask", ask, "call"), Map.of())
                    .body()
                    .iterator();
            Matcher ours = OUR_ID.matcher(next(lines, "roots/list"));
            assertThat(ours.find()).isTrue();
            int before = one.requests("").size();

            Reply foreign = other.post("{\"jsonrpc\":\"2.0\",\"id\":" + ours.group() + ",\"result\":{}}", Map.of());
            Reply garbage = client.post("{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}", Map.of());

            assertThat(foreign.status()).isEqualTo(400);
            assertThat(foreign.body()).contains("does not match a request that a server made in this session");
            assertThat(garbage.status()).isEqualTo(400);
            assertThat(one.requests("")).hasSize(before);
            client.post("{\"jsonrpc\":\"2.0\",\"id\":" + ours.group() + ",\"result\":{}}", Map.of());
            assertThat(next(lines, "result")).contains("77");
        }
    }

    @Test
    void serversGetWhatTheClientDeclared() throws Exception {
        try (McpClient client = connect("\"elicitation\":{},\"roots\":{}")) {
            answerPing(client, "one_ask");

            Recorded call = one.requests("tools/call").getLast();
            assertThat(call.header("x-mcp-client-features")).contains("elicitation,roots");
            assertThat(one.requests("initialize").getLast().body())
                    .contains("\"elicitation\":{}", "\"roots\":{}")
                    .doesNotContain("sampling");
        }
    }

    private static void answerPing(McpClient client, String tool) throws IOException {
        String ask = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        Iterator<String> lines =
                client.stream(callBody(tool, ask, "call"), Map.of()).body().iterator();
        Matcher ours = OUR_ID.matcher(next(lines, "ping"));
        assertThat(ours.find()).isTrue();
        client.post("{\"jsonrpc\":\"2.0\",\"id\":" + ours.group() + ",\"result\":{}}", Map.of());
        next(lines, "result");
    }

    private McpClient connect(String capabilities) throws IOException {
        return connect(capabilities, Map.of());
    }

    private static String callBody(String tool, String ask, String where) throws IOException {
        return McpClient.callBody(
                "7", tool, "{\"where\":\"" + where + "\",\"ask\":" + JSON.writeValueAsString(ask) + "}");
    }

    private static String next(Iterator<String> lines, String text) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data:") && line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before a line with " + text);
    }
}
