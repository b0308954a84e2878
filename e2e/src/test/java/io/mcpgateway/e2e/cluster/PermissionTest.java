package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the API server allows the two ServiceAccounts to do, beyond what every ServiceAccount may do. */
@BedTest
@Order(7)
class PermissionTest extends ClusterScenario {
    private static final String BROKER = "mcp-system:mcp-gateway";
    private static final String CONTROLLER = "mcp-system:mcp-gateway-controller";

    @Test
    @Order(1)
    @DisplayName("Rights: kubectl auth can-i --list of the broker shows its own Secret and nothing else")
    void brokerMayReadItsConfigurationOnly() {
        List<String> rights = rights(BROKER, "mcp-system");
        show(rights);

        assertThat(rights).containsExactlyElementsOf(expected("rights-broker.txt"));
        assertThat(rights(BROKER, "mcp-test")).as("in another namespace").isEmpty();
    }

    @Test
    @Order(2)
    @DisplayName("Rights: kubectl auth can-i --list of the controller shows what its code uses and nothing else")
    void controllerMayDoWhatItsCodeUses() {
        List<String> rights = rights(CONTROLLER, "mcp-system");
        show(rights);

        assertThat(rights).containsExactlyElementsOf(expected("rights-controller.txt"));
        assertThat(rights(CONTROLLER, "mcp-test"))
                .as("in another namespace: all but the Lease")
                .containsExactlyElementsOf(expected("rights-controller.txt").stream()
                        .filter(right -> !right.startsWith("leases."))
                        .toList());
    }

    private List<String> rights(String account, String namespace) {
        List<String> everybodys = lines("mcp-test:default", namespace).toList();
        return lines(account, namespace)
                .filter(line -> !everybodys.contains(line))
                .sorted()
                .toList();
    }

    private Stream<String> lines(String account, String namespace) {
        return kubectl()
                .run(
                        "auth",
                        "can-i",
                        "--list",
                        "--no-headers",
                        "-n",
                        namespace,
                        "--as=system:serviceaccount:" + account)
                .lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .distinct();
    }

    private List<String> expected(String fixture) {
        return installation()
                .fixture(fixture)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .toList();
    }

    private static void show(List<String> rights) {
        System.out.println(String.join("\n", rights).indent(4));
    }
}
