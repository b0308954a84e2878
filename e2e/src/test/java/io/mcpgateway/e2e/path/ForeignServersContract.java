package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two servers on SDKs in other languages: their results reach the client unchanged. */
abstract class ForeignServersContract {
    private static final String EVERYTHING =
            "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{\"listChanged\":true}}";

    private final Front front;

    ForeignServersContract(Front front) {
        this.front = front;
    }

    @Test
    void referenceServerIsListedAndCalled() throws IOException {
        front.envoy();
        try (Foreign.Server everything = Foreign.everything();
                TestGateway gateway = TestGateway.start(front, List.of(entry(everything.url())))) {
            gateway.awaitTools("the tools of server-everything", names -> names.contains("it_echo"));
            try (McpClient client = gateway.connect()) {
                assertThat(client.call("it_echo", "{\"message\":\"hello\"}").text())
                        .isEqualTo("Echo: hello");
                assertThat(client.call("it_get-sum", "{\"a\":2,\"b\":40}").text())
                        .contains("42");
                assertSameDefinitions(client, everything.url());
                assertProgress(client);
            }
        }
    }

    @Test
    void pythonServerIsListedAndCalled() throws IOException {
        front.envoy();
        try (Foreign.Server python = Foreign.python();
                TestGateway gateway = TestGateway.start(front, List.of(entry(python.url())))) {
            gateway.awaitTools("the tools of the Python server", names -> names.contains("it_add"));
            try (McpClient client = gateway.connect()) {
                Reply sum = client.call("it_add", "{\"a\":2,\"b\":40}");
                assertThat(sum.text()).isEqualTo("42");
                assertThat(sum.json().at("/result/structuredContent/result").asInt())
                        .isEqualTo(42);
                assertThat(client.call("it_add", "{\"a\":\"no number\"}")
                                .json()
                                .at("/result/isError")
                                .asBoolean())
                        .isTrue();
                assertThat(client.toolNames())
                        .containsExactly("it_add", "it_dozen", "it_get_weather", "it_pi", "it_slow", "it_time");
                assertSameDefinitions(client, python.url());
            }
        }
    }

    @Test
    void pythonClientIsAskedAndHearsLogMessages() throws IOException {
        front.envoy();
        try (Foreign.Server asking = Foreign.python("asking.py");
                TestGateway gateway = TestGateway.start(front, List.of(entry(asking.url())))) {
            gateway.awaitTools("the tools of the asking server", names -> names.contains("it_ask_outside"));

            String printed = Foreign.runPython("client.py", gateway.url().toString(), "it_");

            assertThat(printed.strip())
                    .isEqualTo(
                            "{\"results\": {\"log\": \"warning\", \"ask_model\": \"blue\", \"ask_user\": \"accept Ann\","
                                    + " \"ask_outside\": \"blue\"}, \"heard\": [\"warning: the line\", \"Which colour?\","
                                    + " \"Who are you?\", \"Which shape?\"]}");
        }
    }

    private static ServerEntry entry(URI url) {
        return new ServerEntry("demo/it", url, "it.mcp.local", "it_");
    }

    /**
     * Every definition is the server's own, except for its name. Servers show some tools only to clients with certain
     * features; the gateway lists those too, but not those that can only run as a task.
     */
    private static void assertSameDefinitions(McpClient gateway, URI server) throws IOException {
        Map<String, JsonNode> own = new java.util.TreeMap<>();
        try (McpClient direct = McpClient.of(server).initialized(McpClient.initialize("all", EVERYTHING))) {
            direct.tools().forEach(tool -> {
                if (!tool.at("/execution/taskSupport").asText().equals("required")) {
                    own.put("it_" + tool.path("name").asText(), renamed(tool));
                }
            });
        }
        Map<String, JsonNode> served = new java.util.TreeMap<>();
        gateway.tools().forEach(tool -> served.put(tool.path("name").asText(), tool));

        assertThat(served).isEqualTo(own);
    }

    private static JsonNode renamed(JsonNode tool) {
        com.fasterxml.jackson.databind.node.ObjectNode copy = tool.deepCopy();
        return copy.put("name", "it_" + tool.path("name").asText());
    }

    private static void assertProgress(McpClient client) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                + "\"it_trigger-long-running-operation\",\"arguments\":{\"duration\":1,\"steps\":2},"
                + "\"_meta\":{\"progressToken\":7}}}";
        try (Stream<String> lines = client.stream(body, Map.of()).body()) {
            assertThat(lines.toList())
                    .anyMatch(line -> line.contains("notifications/progress") && line.contains("\"progressToken\":7"))
                    .anyMatch(line -> line.contains("\"id\":1") && line.contains("completed"));
        }
    }
}
