package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients on official SDKs of both eras use a tool that is not listed: they find it by words, and call it by its name. */
abstract class ToolSearchContract {
    private static final String WORDS = "weather forecast city";
    private static final String ARGUMENTS = "{\"city\":\"Rome\"}";

    private final Front front;

    ToolSearchContract(Front front) {
        this.front = front;
    }

    @Test
    void whatIsFoundCanBeCalledWithoutASession() throws IOException {
        front.envoy();
        try (Foreign.Server server = Foreign.python();
                TestGateway gateway = gateway(server)) {
            assertThat(Foreign.runFindingClient(gateway.url(), WORDS, ARGUMENTS).strip())
                    .startsWith("{\"version\":\"2026-07-28\",\"listed\":[\"find_tools\",\"it_time\"],\"same\":true,"
                            + "\"best\":\"it_get_weather\",\"answer\":")
                    .contains("Rome");
        }
    }

    @Test
    void whatIsFoundCanBeCalledInASession() throws IOException {
        front.envoy();
        try (Foreign.Server server = Foreign.python();
                TestGateway gateway = gateway(server)) {
            assertThat(Foreign.runPython("find.py", gateway.url().toString(), WORDS, ARGUMENTS)
                            .strip())
                    .contains("\"listed\": [\"find_tools\", \"it_time\"], \"same\": true, \"best\": \"it_get_weather\"")
                    .contains("Rome");
            assertThatHiddenIsNeitherFoundNorCalled(gateway);
        }
    }

    private static void assertThatHiddenIsNeitherFoundNorCalled(TestGateway gateway) throws IOException {
        try (McpClient client = gateway.connect()) {
            assertThat(few(client, "find_tools", "{\"query\":\"" + WORDS + "\",\"limit\":20}")
                            .text())
                    .doesNotContain("it_get_weather");
            assertThat(few(client, "it_get_weather", ARGUMENTS)
                            .json()
                            .at("/error/message")
                            .asText())
                    .isEqualTo("Unknown tool: it_get_weather");
            assertThat(few(client, "it_add", "{\"a\":2,\"b\":40}").text())
                    .as("selected, not listed")
                    .isEqualTo("42");
        }
    }

    /** A call with the virtual server that has two tools. */
    private static Reply few(McpClient client, String tool, String arguments) throws IOException {
        return client.post(McpClient.callBody("1", tool, arguments), Map.of("X-Mcp-Virtualserver", "demo/few"));
    }

    private TestGateway gateway(Foreign.Server server) throws IOException {
        List<ServerEntry> servers = List.of(ServerEntry.of("it", server.url()));
        TestGateway gateway = TestGateway.start(front, servers);
        gateway.serve(ServerEntry.yaml(servers) + """
                virtualServers:
                - name: demo/few
                  tools: [it_add, it_pi]
                toolSearch: On
                pinnedTools: [it_time]
                """);
        gateway.awaitTools("find_tools and the pinned tool", List.of("find_tools", "it_time")::equals);
        return gateway;
    }
}
