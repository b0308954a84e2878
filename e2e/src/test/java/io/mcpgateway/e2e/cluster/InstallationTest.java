package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Portable
@Order(1)
class InstallationTest {
    @Test
    @Order(1)
    @DisplayName("install: from an empty bed to tools/call through Istio's Envoy")
    void installedGatewayAnswersCalls() throws IOException {
        Installation installation = Installation.ready();
        installation.awaitTools(
                installation.url(),
                "the tools of both servers",
                tools -> tools.contains("test1_greet") && tools.contains("test2_hello_world"));

        try (McpClient client = installation.connect()) {
            assertThat(client.call("test1_greet", "{\"name\":\"e2e\"}").text()).isEqualTo("Hi e2e");
            assertThat(client.call("test2_hello_world", "{\"name\":\"e2e\"}").text())
                    .isEqualTo("Hello, e2e!");
        }
    }

    @Test
    @Order(2)
    @DisplayName("install: istiod has put the processor into Envoy, once")
    void envoyRunsTheFilter() {
        Installation installation = Installation.ready();

        assertThat(installation.envoy("/config_dump?resource=dynamic_listeners"))
                .contains("envoy.filters.http.ext_proc")
                .contains("outbound|50051||mcp-gateway.mcp-system.svc.cluster.local");
        assertThat(installation.envoy("/stats?filter=listener_manager.lds.update_rejected"))
                .contains("lds.update_rejected: 0");
    }

    @Test
    @Order(3)
    @DisplayName("install: the broker's pod runs under its own ServiceAccount, which may read one Secret")
    void brokerHasItsOwnAccount() {
        Kubectl kubectl = Installation.ready().kubectl();

        assertThat(kubectl.field(Installation.BROKER, "{.spec.template.spec.serviceAccountName}"))
                .isEqualTo("mcp-gateway");
        String rights = kubectl.run(
                "auth", "can-i", "--list", "-n", "mcp-system", "--as=system:serviceaccount:mcp-system:mcp-gateway");
        assertThat(rights.lines().filter(line -> line.contains("secrets")))
                .singleElement()
                .asString()
                .contains("[mcp-gateway-config]")
                .containsPattern("\\[(get|list|watch)( (get|list|watch)){0,2}]");
    }

    @Test
    @Order(4)
    @DisplayName("kubectl: the columns and short names that users know")
    void kubectlPrintsTheKnownColumns() {
        Kubectl kubectl = Installation.ready().kubectl();

        assertThat(header(kubectl.run("get", "mcpsr", "-A")))
                .containsExactly(
                        "NAMESPACE", "NAME", "PREFIX", "TARGET", "PATH", "READY", "TOOLS", "CREDENTIALS", "AGE");
        assertThat(row(kubectl.run("get", "mcpsr", "-A"), "server1"))
                .startsWith("mcp-test", "server1", "test1_", "server1", "/mcp", "True", "5");
        assertThat(header(kubectl.run("get", "mcpgatewayextension", "-A")))
                .containsExactly("NAMESPACE", "NAME", "READY", "REASON", "GATEWAY", "AGE");
        assertThat(header(kubectl.run("get", "mcpgatewayextension", "-A", "-o", "wide")))
                .contains("HOST");
        assertThat(kubectl.run("describe", "mcpserver", "server1", "-n", "mcp-test"))
                .contains("server added successfully. Total tools added 5", "Discovered Tools:");
        assertThat(kubectl.run("get", "mcp", "-A")).contains("mcpgatewayextension", "mcpserverregistration");
    }

    @Test
    @Order(5)
    @DisplayName("kubectl: the log lines that users grep for")
    void logsHaveTheKnownLines() {
        Kubectl kubectl = Installation.ready().kubectl();

        assertThat(kubectl.run("logs", "-n", "mcp-system", "-l", "app=mcp-gateway", "--tail=-1"))
                .containsPattern("Discovered tools.*mcp-test/server1.*prefix=test1_");
        assertThat(kubectl.run("logs", "-n", "mcp-system", "-l", "app=mcp-controller", "--tail=-1"))
                .contains("prefix=test1_");
    }

    @Test
    @Order(6)
    @DisplayName("API server: bad specs are refused with a helpful text")
    void badSpecsAreRefused() {
        Kubectl kubectl = Installation.ready().kubectl();

        assertThat(kubectl.attempt(Yaml.registration("bad", "'two words'", "server1"), "apply", "-f", "-"))
                .matches(result -> !result.succeeded(), "is refused")
                .extracting(Command.Result::output)
                .asString()
                .contains("toolPrefix");
        assertThat(kubectl.attempt(Yaml.virtualServer("bad", "[]"), "apply", "-f", "-"))
                .matches(result -> !result.succeeded(), "is refused")
                .extracting(Command.Result::output)
                .asString()
                .contains("tools");
        assertThat(kubectl.attempt(
                        "",
                        "patch",
                        "mcpsr",
                        "server1",
                        "-n",
                        "mcp-test",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"toolPrefix\":\"other_\"}}"))
                .extracting(Command.Result::output)
                .asString()
                .contains("toolPrefix is immutable once set");
        assertThat(kubectl.exists(Subject.registration("bad"))).isFalse();
    }

    private static String[] header(String table) {
        return table.lines().findFirst().orElse("").trim().split("\\s+");
    }

    private static String[] row(String table, String name) {
        return table.lines()
                .filter(line -> line.contains(" " + name + " "))
                .findFirst()
                .orElse("")
                .trim()
                .split("\\s+");
    }
}
