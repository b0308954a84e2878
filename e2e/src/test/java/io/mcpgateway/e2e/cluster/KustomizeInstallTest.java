package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** kubectl apply -k config/install and delete -k, each with one command. */
@BedTest
@Order(120)
class KustomizeInstallTest {
    private static final Subject EXTENSION = Subject.extension("mcp-system", "mcp-gateway-extension");

    private final Shipped shipped = new Shipped();
    private final Kubectl kubectl = shipped.kubectl();

    @Test
    @Order(1)
    @DisplayName("kustomize: one apply from nothing to tools/call through Istio's Envoy")
    void appliesInOneGo() throws IOException {
        shipped.prepare();
        long begin = System.nanoTime();
        shipped.say("kubectl", "apply", "-k", "config/install");
        kubectl.awaitReady(EXTENSION);
        shipped.say("kubectl", "apply", "-k", "config/samples");
        shipped.useGateway();
        shipped.say("kubectl", "get", "mcp", "-A");
        shipped.record(
                "(kustomize: empty to tools/call in " + (System.nanoTime() - begin) / 1_000_000_000L + " s)\n\n");
    }

    @Test
    @Order(2)
    @DisplayName("kustomize: every sample is accepted, and those whose server runs become Ready")
    void samplesWork() {
        for (String name : new String[] {"server1", "server2", "custom-path", "api-key"}) {
            kubectl.awaitReady(Subject.registration(name));
        }
        shipped.awaitTool("apikey_hello_world");
        shipped.awaitTool("custompath_hello_world");
        kubectl.awaitReady(Subject.of("mcpvs", "mcp-test", "greetings"));
        assertThat(kubectl.awaitReady(
                                Subject.registration("github"),
                                "a verdict",
                                condition -> "False".equals(condition.status()))
                        .message())
                .as("GitHub is not within the bed's reach")
                .isNotEmpty();
    }

    @Test
    @Order(3)
    @DisplayName("kustomize: a second apply changes nothing, and what users changed stays")
    void applyingAgainKeepsChanges() {
        kubectl.run("set", "env", "-n", "mcp-system", "deployment/mcp-gateway-controller", "LOG_LEVEL=debug");
        kubectl.run(
                "patch",
                "-n",
                "mcp-system",
                "mcpge",
                "mcp-gateway-extension",
                "--type=merge",
                "-p",
                "{\"spec\":{\"backendPingIntervalSeconds\":30}}");
        kubectl.run("rollout", "status", "-n", "mcp-system", "deployment/mcp-gateway-controller", "--timeout=90s");

        assertThat(shipped.attempt("kubectl", "apply", "-k", "config/install")
                        .orFail()
                        .lines())
                .allMatch(line -> line.endsWith(" unchanged") || line.endsWith(" configured"));

        assertThat(kubectl.field(Shipped.CONTROLLER, "{.spec.template.spec.containers[0].env[*].name}"))
                .contains("LOG_LEVEL");
        assertThat(kubectl.field(EXTENSION, "{.spec.backendPingIntervalSeconds}"))
                .isEqualTo("30");
        kubectl.awaitLog(Shipped.CONTROLLER, "level=DEBUG");
    }

    @Test
    @Order(4)
    @DisplayName("kustomize: one delete, with servers registered, leaves nothing and nothing hanging")
    void deletesInOneGo() {
        awaitLeader();
        deleteAndExpectNothing();
    }

    @Test
    @Order(5)
    @DisplayName("kustomize: the same while the controller waits for its Lease, so that nobody cleans up in order")
    void deletesWithoutALeader() {
        shipped.attempt("kubectl", "apply", "-k", "config/install").orFail();
        kubectl.awaitReady(EXTENSION);
        shipped.attempt("kubectl", "apply", "-k", "config/samples").orFail();
        kubectl.awaitReady(Subject.registration("server1"));
        takeTheLeaseAway();
        deleteAndExpectNothing();
    }

    private void deleteAndExpectNothing() {
        assertThat(kubectl.field(Installation.GATEWAY, "{.status}")).contains("MCPGatewayExtension");
        assertThat(route()).contains("InUseByMCPServerRegistration");

        shipped.say("kubectl", "delete", "-k", "config/install", "--timeout=90s");

        shipped.awaitNothingLeft();
        assertThat(kubectl.run("get", "crd", "-o", "name")).doesNotContain("kagenti");
        assertThat(kubectl.run("get", "namespace", "-o", "name")).doesNotContain("mcp-system");
        assertThat(route()).doesNotContain("InUseByMCPServerRegistration");
    }

    private String route() {
        return kubectl.field(Subject.of("httproute", "mcp-test", "server1"), "{.status}");
    }

    /** The controller was restarted just now; here it must clean up normally. */
    private void awaitLeader() {
        Subject lease = Subject.of("lease", "mcp-system", "mcp-gateway-controller");
        kubectl.await(
                Shipped.CONTROLLER,
                "its only pod to hold the Lease",
                () -> kubectl.run(
                                "get",
                                "pods",
                                "-n",
                                "mcp-system",
                                "-l",
                                "app=mcp-controller",
                                "-o",
                                "jsonpath={.items[*].metadata.name}")
                        + " "
                        + kubectl.field(lease, "{.spec.holderIdentity}"),
                text -> text.matches("(\\S+) \\1"));
    }

    /** Gives the Lease to a holder that does not exist; the controller then waits for it. */
    private void takeTheLeaseAway() {
        Subject lease = Subject.of("lease", "mcp-system", "mcp-gateway-controller");
        String spec = "{\"spec\":{\"holderIdentity\":\"somebody-else\",\"leaseDurationSeconds\":3600,"
                + "\"renewTime\":\""
                + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000000Z")
                + "\"}}";
        kubectl.await(
                lease,
                "a controller that waits for it",
                () -> {
                    kubectl.run(
                            "patch", "lease", "mcp-gateway-controller", "-n", "mcp-system", "--type=merge", "-p", spec);
                    return kubectl.run("logs", "-n", "mcp-system", "-l", "app=mcp-controller", "--tail=-1");
                },
                log -> log.contains("leader now=somebody-else") && !log.contains("leading identity="));
    }
}
