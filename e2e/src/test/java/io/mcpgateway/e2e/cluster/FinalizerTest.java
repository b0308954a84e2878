package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Objects that users delete in an unexpected order. */
@BedTest
@Portable
@Order(14)
class FinalizerTest extends ClusterScenario {
    private static final String TEAM = "team-last";
    private static final Subject EXTENSION = Subject.extension(TEAM, "last");
    private static final Subject REGISTRATION = Subject.of("mcpsr", TEAM, "last");
    private static final Subject VIRTUAL_SERVER = Subject.of("mcpvs", TEAM, "last");

    @Test
    @Order(1)
    @DisplayName("Finalizers: the Gateway goes first, extension and registration still go")
    void gatewayMayGoFirst() {
        install();
        kubectl().run("delete", "gateway", "last", "-n", TEAM, "--timeout=60s");
        kubectl().awaitNotReady(EXTENSION, "InvalidMCPGatewayExtension", "not found");

        kubectl().run("delete", "mcpgatewayextension", "last", "-n", TEAM, "--timeout=60s");
        kubectl().run("delete", "mcpsr", "last", "-n", TEAM, "--timeout=60s");

        assertThat(kubectl().exists(EXTENSION)).isFalse();
        assertThat(kubectl().exists(REGISTRATION)).isFalse();
        kubectl().awaitGone(Subject.of("envoyfilter", TEAM, "mcp-ext-proc-" + TEAM + "-gateway"));
    }

    @Test
    @Order(2)
    @DisplayName("Finalizers: the namespace with everything in it goes at once, and the controller says so in one line")
    void namespaceMayGoFirst() {
        install();
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        kubectl().run("delete", "namespace", TEAM, "--timeout=90s");

        for (Subject gone : List.of(EXTENSION, REGISTRATION, VIRTUAL_SERVER)) {
            assertThat(kubectl().exists(gone)).as(gone.toString()).isFalse();
        }
        List<String> log = log(begin);
        System.out.println(String.join("\n", log).indent(4));
        assertThat(log)
                .filteredOn(line -> line.contains("namespace is being deleted") && line.contains(TEAM))
                .hasSize(1);
        assertThat(log)
                .noneMatch(line -> line.contains("because it is being terminated"))
                .noneMatch(line -> line.contains("Exception"));
    }

    private List<String> log(Instant begin) {
        return kubectl()
                .run("logs", "-n", "mcp-system", "deployment/mcp-gateway-controller", "--since-time=" + begin)
                .lines()
                .toList();
    }

    private void install() {
        apply(Yaml.namespace(TEAM));
        kubectl().apply(Yaml.gateway(TEAM, "last", "last.127-0-0-1.sslip.io"));
        kubectl().apply(Yaml.extension(TEAM, "last", "{name: last, sectionName: mcp}", ""));
        kubectl().apply(Yaml.registration("last", "last_", "nobody").replace("mcp-test", TEAM));
        kubectl().apply(Yaml.virtualServer("last", "[last_time]").replace("mcp-test", TEAM));
        kubectl().awaitReady(EXTENSION);
        kubectl().awaitNotReady(REGISTRATION, "NotReady", "failed to get targeted httproute");
    }
}
