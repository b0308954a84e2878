package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Behind Istio, a call's time limit is sent with the call; neither the HTTPRoute nor the EnvoyFilter changes. */
@BedTest
@Order(30)
class CallTimeoutTest extends ClusterScenario {
    private static final String SIX_SECONDS = "{\"seconds\":6}";

    @Test
    @DisplayName("callTimeoutSeconds of a registration ends its calls")
    void aCallHasTheTimeThatItsRegistrationSets() throws IOException {
        Subject registration = Subject.registration("late");
        apply(Yaml.route("late", "late.mcp.local", "server1"));
        apply(Yaml.registration("late", "late_", "late"));
        kubectl().awaitReady(registration);
        kubectl()
                .run(
                        "patch",
                        "mcpsr",
                        "late",
                        "-n",
                        "mcp-test",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"callTimeoutSeconds\":2}}");

        try (McpClient client = installation().connect()) {
            // This server begins its answer at once, so the limit ends a stream. What clients read if a server has not
            // begun
            // yet is tested with a standalone Envoy.
            await("the limit counts").atMost(Duration.ofSeconds(90)).until(() -> isCut(client));

            assertThat(client.call("late_greet", "{\"name\":\"e2e\"}").text()).isEqualTo("Hi e2e");
        }
    }

    private static boolean isCut(McpClient client) {
        try {
            client.call("late_slow", SIX_SECONDS);
            return false;
        } catch (IOException streamEnded) {
            System.out.println("    " + streamEnded.getMessage());
            return true;
        }
    }

    @Test
    @DisplayName("initialize has the servers' instructions, each below its name and prefix")
    void initializeHasTheInstructionsOfServers() throws IOException {
        Subject registration = Subject.registration("telling");
        apply(Yaml.route("telling", "telling.mcp.local", "server1"));
        apply(Yaml.registration("telling", "telling_", "telling"));
        kubectl().awaitReady(registration);

        try (McpClient client = McpClient.of(installation().url())) {
            assertThat(client.post(McpClient.initialize("e2e"), Map.of())
                            .json()
                            .at("/result/instructions")
                            .asText())
                    .contains(
                            "mcp-test/telling (names of its tools and prompts start with \"telling_\"):\n> Greet people by their first name.\n");
        }
    }
}
