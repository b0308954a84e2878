package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernBackend;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of legacy revisions use servers that speak MCP 2026-07-28 only. */
abstract class BridgedCallsContract extends WithGateway {
    private static final Pattern OUR_ID = Pattern.compile("\"id\":\"(mcpgw1\\.[A-Za-z0-9._-]+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private ModernBackend two;

    BridgedCallsContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        Foreign.Server one = keep(Foreign.modernOnly());
        two = keep(ModernBackend.start(ModernBackend.ASKING, ModernBackend.ENDLESS, ModernBackend.REGIONAL));
        TestGateway gateway = keep(
                TestGateway.start(front, List.of(ServerEntry.of("one", one.url()), ServerEntry.of("two", two.url()))));
        gateway.awaitTools(
                "the tools of both servers", names -> names.contains("one_echo") && names.contains("two_asking"));
        return gateway;
    }

    @BeforeEach
    void forget() {
        two.forgetRequests();
    }

    @Test
    void theOfficialSdksNoticeNothing() throws IOException {
        JsonNode printed = JSON.readTree(Foreign.runLegacyClient(gateway().url()));

        assertThat(printed.path("results")).isEqualTo(JSON.readTree("""
                        {"echo": "hällo", "region": "in Zürich", "count": "counted to 3",
                         "form": "{\\"kind\\":\\"elicit\\",\\"action\\":\\"accept\\",\\"content\\":{\\"colour\\":\\"blue\\"}}",
                         "url": "{\\"kind\\":\\"elicit\\",\\"action\\":\\"accept\\"}",
                         "sampling": "{\\"kind\\":\\"sampling\\",\\"result\\":{\\"model\\":\\"m\\",\\"role\\":\\"assistant\\",\\"content\\":{\\"type\\":\\"text\\",\\"text\\":\\"blue\\"}}}",
                         "roots": "{\\"kind\\":\\"roots\\",\\"roots\\":[{\\"uri\\":\\"file:///work\\"}]}",
                         "twice": "{\\"kind\\":\\"elicit\\",\\"action\\":\\"accept\\",\\"content\\":{\\"colour\\":\\"blue\\"}}",
                         "prompt": "Greet Ann", "resource": "a note", "none": -32002}
                        """));
        assertThat(printed.path("asked")).isEqualTo(JSON.readTree("""
                        ["form Which colour?", "url https://login.example/", "sampling Which colour?", "roots",
                         "form Which colour?", "form Which colour?"]
                        """));
        assertThat(printed.path("told").toString()).isEqualTo("[\"step 1\",\"step 2\",\"step 3\"]");
        assertThat(printed.path("progress").toString()).isEqualTo("[1,2,3]");
    }

    @Test
    void theServerIsCalledThroughTheGatewayInItsOwnEra() throws IOException {
        try (McpClient client = connect("\"roots\":{}", Map.of())) {
            Reply reply = client.call("two_regional", "{\"region\":\"Zürich\"}");

            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("regional");
            assertThat(reply.header("mcp-session-id").orElse("")).isNotEqualTo(ModernBackend.SESSION);
        }
        Recorded call = two.requests("tools/call").getLast();
        assertThat(call.header("mcp-protocol-version")).contains("2026-07-28");
        assertThat(call.header("mcp-method")).contains("tools/call");
        assertThat(call.header("mcp-name")).contains("regional");
        assertThat(call.header("mcp-param-region")).contains("=?base64?WsO8cmljaA==?=");
        assertThat(call.header("x-mcp-toolname")).contains("regional");
        assertThat(call.header("x-mcp-servername")).contains("demo/two");
        for (String inner : List.of(
                "mcp-session-id", "router-key", "mcp-init-host", "x-mcp-caller", "x-mcp-upstream-authorization")) {
            assertThat(call.header(inner)).as(inner).isEmpty();
        }
        assertThat(call.body())
                .contains("\"name\":\"regional\"", "\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}");
    }

    @Test
    void aClientThatLeavesEndsTheServersStream() throws Exception {
        try (McpClient client = connect("", Map.of())) {
            client.stream(McpClient.callBody("7", "two_endless", "{}"), Map.of())
                    .body()
                    .close();

            assertThat(two.awaitCancelled(20)).isTrue();
        }
    }

    @Test
    void anotherSessionCannotReply() throws Exception {
        try (McpClient client = connect("\"elicitation\":{}", Map.of());
                McpClient other = connect("\"elicitation\":{}", Map.of())) {
            Iterator<String> lines = client.stream(McpClient.callBody("7", "two_asking", "{}"), Map.of())
                    .body()
                    .iterator();
            String reply =
                    "{\"jsonrpc\":\"2.0\",\"id\":\"" + askedId(lines) + "\",\"result\":{\"action\":\"decline\"}}";

            assertThat(other.post(reply, Map.of()).status()).isEqualTo(400);
            assertThat(two.requests("tools/call")).hasSize(1);
            assertThat(client.post(reply, Map.of()).status()).isEqualTo(202);
            assertThat(next(lines, "result")).contains("decline", "state of the server");
        }
        assertThat(two.requests("tools/call")).hasSize(2);
    }

    /** The id of the question that comes next. */
    static String askedId(Iterator<String> lines) {
        String question = next(lines, "elicitation/create");
        Matcher ours = OUR_ID.matcher(question);
        assertThat(ours.find()).as(question).isTrue();
        return ours.group(1);
    }

    static String next(Iterator<String> lines, String text) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data:") && line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before a line with " + text);
    }
}
