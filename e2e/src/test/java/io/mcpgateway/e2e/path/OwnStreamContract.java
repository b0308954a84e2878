package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages of servers outside of calls, and log levels. */
@Timeout(120)
abstract class OwnStreamContract extends WithGateway {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OUR_ID = Pattern.compile("\"(mcpgw1\\.[A-Za-z0-9._-]+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}";

    private AskingBackend one;
    private AskingBackend two;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    OwnStreamContract(Front front) {
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

    @Test
    void aQuestionOnTheServersOwnStreamIsAnsweredToo() throws Exception {
        try (McpClient client = connect("\"roots\":{}", Map.of())) {
            Iterator<String> heard = listen(client);
            HttpResponse<Stream<String>> call = client.stream(callBody("one_ask", "get"), Map.of());

            String asked = next(heard, "ping");
            assertThat(asked).isEqualTo("data: " + PING.replace("9", ours(asked)));
            Reply posted = client.post(reply(ours(asked)), Map.of());

            assertThat(posted.status()).as(posted.body()).isEqualTo(202);
            assertThat(next(call.body().iterator(), "result")).contains(JSON.writeValueAsString(reply("9")));
        }
    }

    @Test
    void otherMessagesArriveAsTheyAreButChangesOfListsDoNot() throws Exception {
        try (McpClient client = connect("\"roots\":{}", Map.of())) {
            Iterator<String> heard = listen(client);
            call(client, "two_ask");
            String session = two.requests("tools/call")
                    .getLast()
                    .header("mcp-session-id")
                    .orElseThrow();
            String log =
                    "{\"jsonrpc\":\"2.0\", \"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1.0}}";
            String updated =
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"x:/y\"}}";

            two.push(session, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
            two.push(session, "event: message\r\ndata: " + log + "\r\n\r\n");
            two.push(session, "data: " + updated + "\n\n");

            assertThat(next(heard, "notifications")).isEqualTo("data: " + log);
            assertThat(next(heard, "notifications")).isEqualTo("data: " + updated);
        }
    }

    @Test
    void theLogLevelReachesServersThatWereCalledAndThoseThatWillBe() throws Exception {
        try (McpClient client = connect("\"roots\":{}", Map.of())) {
            call(client, "one_ask");
            int before = two.requests("logging/setLevel").size();

            Reply set = client.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"logging/setLevel\",\"params\":{\"level\":\"alert\"}}",
                    Map.of());

            assertThat(set.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"result\":{}}");
            assertThat(levelIn(one)).contains("\"params\":{\"level\":\"alert\"}");
            assertThat(two.requests("logging/setLevel")).hasSize(before);
            call(client, "two_ask");
            assertThat(levelIn(two)).contains("\"params\":{\"level\":\"alert\"}");
        }
    }

    private static String levelIn(AskingBackend server) {
        String session =
                server.requests("tools/call").getLast().header("mcp-session-id").orElseThrow();
        await("logging/setLevel")
                .atMost(LIMIT)
                .until(() -> told(server, session).findAny().isPresent());
        return told(server, session).findFirst().orElseThrow().body();
    }

    private static Stream<Recorded> told(AskingBackend server, String session) {
        return server.requests("logging/setLevel").stream()
                .filter(request -> request.header("mcp-session-id").orElse("").equals(session));
    }

    private static Iterator<String> listen(McpClient client) throws IOException {
        HttpResponse<Stream<String>> stream = client.listen(Map.of());
        assertThat(stream.statusCode()).isEqualTo(200);
        return stream.body().iterator();
    }

    /** A complete call, with the server's request in it. */
    private static void call(McpClient client, String tool) throws IOException {
        Iterator<String> lines =
                client.stream(callBody(tool, "call"), Map.of()).body().iterator();
        client.post(reply(ours(next(lines, "ping"))), Map.of());
        next(lines, "result");
    }

    private static String callBody(String tool, String where) throws IOException {
        return McpClient.callBody(
                "7", tool, "{\"where\":\"" + where + "\",\"ask\":" + JSON.writeValueAsString(PING) + "}");
    }

    private static String reply(String id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
    }

    /** The ID of the server's request in this line, as JSON. */
    private static String ours(String line) {
        Matcher id = OUR_ID.matcher(line);
        assertThat(id.find()).as(line).isTrue();
        return id.group();
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
