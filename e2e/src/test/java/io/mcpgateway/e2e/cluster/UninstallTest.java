package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.fixture.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Order(99)
class UninstallTest extends ClusterScenario {
    private static final String MADE_KINDS =
            "deployment,service,serviceaccount,role,rolebinding,secret,httproute,envoyfilter,poddisruptionbudget";

    @Test
    @DisplayName("Uninstall: extension, registrations and CRDs deleted, nothing of the product stays")
    void uninstallLeavesNothing() {
        int port = installation().port(Installation.GATEWAY);
        kubectl().delete(installation().fixture("extension.yaml"));
        kubectl().awaitGone(Installation.BROKER);
        kubectl()
                .await(
                        Installation.GATEWAY,
                        "nothing made by the controller",
                        () -> kubectl()
                                .run(
                                        "get",
                                        MADE_KINDS,
                                        "-A",
                                        "-l",
                                        "app.kubernetes.io/managed-by=mcp-gateway-controller",
                                        "-o",
                                        "name"),
                        String::isEmpty);
        assertThat(kubectl().exists(Subject.of("secret", "mcp-system", "mcp-gateway-config")))
                .as("the config Secret")
                .isFalse();
        assertThat(kubectl().field(Installation.GATEWAY, "{.status}")).doesNotContain("MCPGatewayExtension");

        kubectl().run("delete", "mcpsr", "--all", "-n", "mcp-test", "--timeout=60s");
        assertThat(kubectl().field(Subject.of("httproute", "mcp-test", "server1"), "{.status}"))
                .doesNotContain("InUseByMCPServerRegistration");
        // Envoy closes connections while it takes the filters out of the listener.
        kubectl().await(Installation.GATEWAY, "no /mcp", () -> statusOfMcp(port), "404"::equals);

        kubectl()
                .run(
                        "delete",
                        "-k",
                        installation().project().resolve("config/crd").toString(),
                        "--timeout=60s");
        kubectl().run("delete", "namespace", "mcp-system", "--timeout=60s");
    }

    private static String statusOfMcp(int port) {
        try {
            return Integer.toString(RawHttp.post(
                            port,
                            List.of("Host: " + Installation.PUBLIC_HOST, "Content-Type: application/json"),
                            McpClient.INITIALIZE.getBytes(StandardCharsets.UTF_8))
                    .status());
        } catch (IOException broken) {
            return broken.toString();
        }
    }
}
