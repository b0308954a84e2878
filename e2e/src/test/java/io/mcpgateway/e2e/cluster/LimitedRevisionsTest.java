package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Order(31)
class LimitedRevisionsTest extends ClusterScenario {
    private static final Subject EXTENSION = Subject.extension("mcp-system", "mcp-gateway");
    private static final Subject VIRTUAL = Subject.of("mcpvirtualserver", "mcp-test", "limited");

    @Test
    @DisplayName(
            "protocolVersions limits what initialize agrees on, and lists that have none in common are in the status")
    void revisionsAreLimited() {
        apply(Yaml.virtualServer("limited", "[test2_hello_world]") + "  protocolVersions: [\"2025-06-18\"]\n");
        kubectl().awaitReady(VIRTUAL);
        assertThat(initialize(true).at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
        assertThat(initialize(false).at("/result/protocolVersion").asText()).isEqualTo(McpClient.PROTOCOL);

        afterwards(() -> limit("null"));
        limit("[\"2025-11-25\"]");
        kubectl()
                .awaitNotReady(
                        VIRTUAL,
                        "NoProtocolVersion",
                        "spec.protocolVersions (2025-06-18) has no revision in common with MCPGatewayExtension"
                                + " mcp-system/mcp-gateway (2025-11-25)");
        kubectl()
                .await(
                        EXTENSION,
                        "initialize to be refused with the virtual server",
                        () -> initialize(true).at("/error/code").asInt(),
                        code -> code == -32022);

        limit("null");
        kubectl().awaitReady(VIRTUAL);
    }

    private void limit(String versions) {
        kubectl()
                .run(
                        "patch",
                        "mcpge",
                        EXTENSION.name(),
                        "-n",
                        EXTENSION.namespace(),
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"protocolVersions\":" + versions + "}}");
    }

    private JsonNode initialize(boolean chosen) {
        Map<String, String> headers = chosen ? Map.of("X-Mcp-Virtualserver", "mcp-test/limited") : Map.of();
        try (McpClient client = McpClient.of(installation().url())) {
            return client.post(McpClient.INITIALIZE, headers).json();
        } catch (IOException notAnswered) {
            throw new UncheckedIOException(notAnswered);
        }
    }
}
