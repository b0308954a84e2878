package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
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
    @DisplayName("callTimeoutSeconds of a registration ends its calls, and the client reads why")
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
            Reply late = await("the limit counts")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> client.call("late_slow", SIX_SECONDS), reply -> reply.status() == 504);

            System.out.println("    " + late.body());
            assertThat(late.json().at("/error/message").asText())
                    .isEqualTo(
                            "server mcp-test/late did not answer within 2 s, the limit set by callTimeoutSeconds; the"
                                    + " call may have been executed");
            assertThat(late.json().has("id")).isTrue();
            assertThat(client.call("late_greet", "{\"name\":\"e2e\"}").text()).isEqualTo("Hi e2e");
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
