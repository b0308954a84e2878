package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** One Gateway of a platform team, a pair of listeners for each of two teams, and a third team that has none. */
@BedTest
@Portable
@Order(10)
class SharedGatewayTest extends ClusterScenario {
    private static final Subject GATEWAY = Subject.of("gateway", "shared", "shared");
    private static final String INVALID = "InvalidMCPGatewayExtension";

    @Test
    @DisplayName("E22 shared Gateway: each team has its listener and its list; a stranger's extension is rejected")
    void teamsShareAGateway() throws IOException {
        apply(installation().fixture("shared-gateway.yaml"));
        team("team-a", "a_", "server1");
        team("team-b", "b_", "server2");
        for (String team : new String[] {"team-a", "team-b"}) {
            kubectl().awaitReady(Subject.extension(team, "mcp"));
            kubectl().awaitReady(Subject.of("mcpsr", team, "tools"));
        }

        servesOnly(url("team-a", 8081), "a_greet", "{\"name\":\"e2e\"}", "Hi e2e");
        servesOnly(url("team-b", 8082), "b_hello_world", "{\"name\":\"e2e\"}", "Hello, e2e!");

        strangersAreRejected();
    }

    private void team(String name, String prefix, String server) {
        apply(Yaml.extension(name, "mcp", target(name), ""));
        apply(Yaml.registration("tools", prefix, "tools").replace("namespace: mcp-test", "namespace: " + name));
        apply(Yaml.route("tools", "tools." + name + ".local", server)
                .replace("namespace: mcp-test", "namespace: " + name)
                .replace("name: mcp-gateway, namespace: gateway-system", "name: shared, namespace: shared")
                .replace("port: 9090", "namespace: mcp-test, port: 9090"));
    }

    private void servesOnly(URI url, String tool, String arguments, String answer) throws IOException {
        String prefix = tool.substring(0, 2);
        installation()
                .awaitTools(
                        url,
                        "only its own",
                        tools -> tools.contains(tool) && tools.stream().allMatch(name -> name.startsWith(prefix)));
        try (McpClient client = McpClient.connect(url)) {
            assertThat(client.call(tool, arguments).text()).isEqualTo(answer);
        }
    }

    private void strangersAreRejected() {
        Subject stranger = Subject.extension("team-c", "mcp");
        apply(Yaml.extension("team-c", "mcp", target("team-a"), ""));
        kubectl()
                .awaitNotReady(
                        stranger,
                        INVALID,
                        "listener \"team-a\" on gateway shared/shared does not allow routes from namespace \"team-c\"");

        kubectl().apply(Yaml.extension("team-c", "mcp", target("own"), ""));
        kubectl().awaitNotReady(stranger, INVALID, "listener \"own\"", "does not allow routes");

        kubectl().apply(Yaml.extension("team-c", "mcp", target("team-a"), ""));
        kubectl().run("label", "namespace", "team-c", "team=a");
        kubectl()
                .awaitNotReady(
                        stranger,
                        INVALID,
                        "conflict: listener port 8081 on gateway shared/shared is already configured by "
                                + "MCPGatewayExtension team-a/mcp (listener team-a)");
        assertThat(kubectl().ready(Subject.extension("team-a", "mcp")).isTrue()).isTrue();
    }

    private URI url(String team, int port) {
        return URI.create(
                "http://" + team + ".127-0-0-1.sslip.io:" + installation().port(GATEWAY, port) + "/mcp");
    }

    private static String target(String listener) {
        return "{name: shared, namespace: shared, sectionName: " + listener + "}";
    }
}
