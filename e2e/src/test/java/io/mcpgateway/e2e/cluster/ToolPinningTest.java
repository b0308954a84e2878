package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Condition;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Portable
@Order(31)
class ToolPinningTest extends ClusterScenario {
    private static final Subject SERVER = Subject.registration("server1");
    private static final Pattern COMMAND = Pattern.compile("kubectl (patch .*) -p '(.*)'");

    @Test
    @DisplayName("toolPinning: a tool that its server adds is quarantined until the command of the condition is run")
    void addedToolIsQuarantinedUntilItIsApproved() throws IOException {
        afterwards(() -> patch("{\"spec\":{\"toolPinning\":\"Off\",\"approvedTools\":[]}}"));
        afterwards(this::restartServer1);
        patch("{\"spec\":{\"toolPinning\":\"Observe\"}}");
        awaitApproved();
        patch("{\"spec\":{\"toolPinning\":\"Quarantine\"}}");
        awaitApproved();
        assertThat(kubectl().field(SERVER, "{.status.toolPinning.remembered[*].name}"))
                .contains("greet");

        try (McpClient client = installation().connect()) {
            client.call("test1_add_tool", "{\"name\":\"dynamic_tool\"}");
            Condition quarantined = kubectl()
                    .await(
                            SERVER,
                            "ToolsApproved=False, reason Quarantined",
                            () -> kubectl().condition(SERVER, "ToolsApproved"),
                            condition -> condition.reason().equals("Quarantined"));
            System.out.println(quarantined.message().indent(4));
            assertThat(quarantined.message()).contains("(1 of 6 tools): dynamic_tool (new)");
            assertThat(client.toolNames()).contains("test1_greet").doesNotContain("test1_dynamic_tool");
            assertThat(client.call("test1_dynamic_tool", "{}").json().has("error"))
                    .isTrue();
            assertThat(kubectl().field(SERVER, "{.status.discoveredTools}")).isEqualTo("5");
            kubectl()
                    .await(
                            SERVER,
                            "one Event",
                            () -> kubectl().events(SERVER).stream()
                                    .filter(event -> event.startsWith("Warning Quarantined"))
                                    .count(),
                            Long.valueOf(1)::equals);

            Matcher command = COMMAND.matcher(quarantined.message());
            assertThat(command.find()).isTrue();
            kubectl().run((command.group(1) + " -p " + command.group(2)).split(" "));

            installation()
                    .awaitTools(
                            installation().url(), "the approved tool", tools -> tools.contains("test1_dynamic_tool"));
            awaitApproved();
        }
    }

    private void awaitApproved() {
        kubectl()
                .await(
                        SERVER,
                        "ToolsApproved=True for this spec",
                        () -> kubectl()
                                .field(
                                        SERVER,
                                        "{.metadata.generation} {.status.conditions[?(@.type=='ToolsApproved')].status} "
                                                + "{.status.conditions[?(@.type=='ToolsApproved')].observedGeneration}"),
                        state -> state.matches("(\\d+) True \\1"));
        kubectl().awaitReady(SERVER, "Ready=True", Condition::isTrue);
    }

    private void patch(String spec) {
        kubectl().run("patch", "mcpsr", SERVER.name(), "-n", SERVER.namespace(), "--type=merge", "-p", spec);
    }
}
