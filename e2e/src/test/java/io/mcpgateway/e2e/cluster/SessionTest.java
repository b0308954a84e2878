package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Portable
@Order(3)
class SessionTest extends ClusterScenario {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";

    @Test
    @Order(1)
    @DisplayName("E05 sessions: every client has its own")
    void sessionsDiffer() throws IOException {
        try (McpClient first = installation().connect();
                McpClient second = installation().connect();
                McpClient third = installation().connect()) {
            assertThat(java.util.Set.of(first.session(), second.session(), third.session()))
                    .hasSize(3);
        }
    }

    @Test
    @Order(2)
    @DisplayName("E06 virtual server: shows its tools only, in status and in lists; an unknown one is refused")
    void virtualServerShowsItsToolsOnly() throws IOException {
        Subject virtual = Subject.of("mcpvirtualserver", "mcp-test", "e06");
        apply(Yaml.virtualServer("e06", "[test2_hello_world, test2_typo]"));
        kubectl().await(virtual, "one tool", () -> kubectl().field(virtual, "{.status.toolCount}"), "1"::equals);
        System.out.println(kubectl().run("get", "mcpvirtualserver", "-A").indent(4));
        assertThat(kubectl().run("get", "mcpvirtualserver", "-A"))
                .containsPattern("NAMESPACE +NAME +READY +TOOLS +URL +AGE");
        assertThat(kubectl().field(virtual, "{.status.unknownTools}")).contains("test2_typo");
        assertThat(kubectl().condition(virtual, "ToolsResolved"))
                .satisfies(resolved -> assertThat(resolved.isTrue()).isFalse())
                .extracting(Kubectl.Condition::message)
                .asString()
                .contains("no gateway serves these tools: test2_typo");

        try (McpClient client = McpClient.of(installation().url())) {
            Map<String, String> header = Map.of("X-Mcp-Virtualserver", "mcp-test/e06");
            Reply reply = client.post(McpClient.INITIALIZE, header);
            McpClient session = client.withSession(reply.header("mcp-session-id"));
            assertThat(session.post(LIST, header).json().at("/result/tools"))
                    .singleElement()
                    .satisfies(tool -> assertThat(tool.path("name").asText()).isEqualTo("test2_hello_world"));
            assertThat(session.call("test2_hello_world", "{\"name\":\"e2e\"}").text())
                    .isEqualTo("Hello, e2e!");
            assertThat(refused(session.call("test2_time", "{}")))
                    .as("a hidden tool")
                    .isTrue();
            assertThat(client.post(McpClient.INITIALIZE, Map.of("X-Mcp-Virtualserver", "mcp-test/nobody"))
                            .body())
                    .contains("mcp-test/nobody");
        }
        try (McpClient all = installation().connect()) {
            assertThat(all.toolNames()).hasSizeGreaterThan(10);
        }

        kubectl().run("delete", "mcpvirtualserver", "e06", "-n", "mcp-test", "--timeout=60s");
    }

    private static boolean refused(Reply reply) {
        return reply.json().has("error") || reply.json().at("/result/isError").asBoolean();
    }

    @Test
    @Order(3)
    @DisplayName("E07 list_changed: a registration is told to every client")
    void newRegistrationReachesEveryClient() throws IOException {
        try (McpClient first = installation().connect();
                McpClient second = installation().connect();
                Notifications heardByFirst =
                        Notifications.of(first, installation().url());
                Notifications heardBySecond =
                        Notifications.of(second, installation().url())) {
            apply(Yaml.route("e07", "e07.mcp.local", "server2"));
            apply(Yaml.registration("e07", "told_", "e07"));

            kubectl()
                    .await(
                            Subject.registration("e07"),
                            "list_changed for both clients",
                            () -> heardByFirst.toolChanges() > 0 && heardBySecond.toolChanges() > 0,
                            Boolean::booleanValue);
            assertThat(first.toolNames()).contains("told_time");
        }
    }

    @Test
    @Order(4)
    @DisplayName(
            "E08 list_changed: a backend's is forwarded, its new tool is listed, and gone once the backend has none")
    void changeOfAServerIsForwarded() throws IOException {
        Subject registration = Subject.registration("server1");
        afterwards(this::restartServer1);
        try (McpClient client = installation().connect();
                Notifications heard = Notifications.of(client, installation().url())) {
            assertThat(client.call("test1_add_tool", "{\"name\":\"dynamic_tool\"}")
                            .text())
                    .isEqualTo("added dynamic_tool");

            kubectl().await(registration, "list_changed", () -> heard.toolChanges() > 0, Boolean::booleanValue);
            installation()
                    .awaitTools(installation().url(), "the new tool", tools -> tools.contains("test1_dynamic_tool"));
            kubectl()
                    .await(
                            registration,
                            "six tools",
                            () -> kubectl().field(registration, "{.status.discoveredTools}"),
                            "6"::equals);
        }
    }
}
