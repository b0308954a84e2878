package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The chart, from install over upgrade and rollback to uninstall, with live objects. */
@BedTest
@Order(110)
class HelmInstallTest {
    private static final String[] SET_ENV = {"set", "env", "-n", "mcp-system"};

    private final Shipped shipped = new Shipped();
    private final Kubectl kubectl = shipped.kubectl();

    @Test
    @Order(1)
    @DisplayName("helm: install --wait of the previous version, then tools/call through Istio's Envoy")
    void installs() throws IOException {
        shipped.prepare();
        // No release exists yet: today's chart under a lower version is the previous one.
        shipped.say("helm", "package", "charts/mcp-gateway", "--version", "0.0.9", "-d", "e2e/target");
        long begin = System.nanoTime();
        shipped.say(
                "helm",
                "install",
                "mcp-gateway",
                "e2e/target/mcp-gateway-0.0.9.tgz",
                "-n",
                "mcp-system",
                "--create-namespace",
                "--wait",
                "--timeout",
                "2m");
        shipped.say(
                "kubectl",
                "wait",
                "-n",
                "mcp-system",
                "--for=condition=Ready",
                "mcpgatewayextension/mcp-gateway",
                "--timeout=90s");
        shipped.say("kubectl", "apply", "-k", "config/samples");
        shipped.useGateway();
        shipped.record("(helm: empty to tools/call in " + (System.nanoTime() - begin) / 1_000_000_000L + " s)\n\n");
    }

    @Test
    @Order(2)
    @DisplayName("helm: the chart's own tests pass")
    void ownTestsPass() {
        // From here on everything, including the tests' pods and the uninstall hook, must meet the strictest standard.
        kubectl.run("label", "namespace", "mcp-system", "pod-security.kubernetes.io/enforce=restricted");
        assertThat(shipped.say("helm", "test", "mcp-gateway", "-n", "mcp-system"))
                .contains("Succeeded");
    }

    @Test
    @Order(3)
    @DisplayName("kubectl set env: LOG_LEVEL and OAUTH_* of broker and controller take effect and last")
    void environmentOfUsersLasts() {
        set("deployment/mcp-gateway", "LOG_LEVEL=debug", "OAUTH_AUTHORIZATION_SERVERS=https://idp.test");
        set("deployment/mcp-gateway-controller", "LOG_LEVEL=debug");
        kubectl.run("rollout", "status", "-n", "mcp-system", "deployment/mcp-gateway", "--timeout=90s");
        kubectl.run("rollout", "status", "-n", "mcp-system", "deployment/mcp-gateway-controller", "--timeout=90s");
        // The new controller reconciles the broker's Deployment when it starts.
        kubectl.run("label", "-n", "mcp-system", "deployment/mcp-gateway", "touched=yes");

        String path =
                shipped.url().resolve("/.well-known/oauth-protected-resource").toString();
        kubectl.await(
                Installation.BROKER,
                "the authorization server in " + path,
                () -> shipped.attempt("curl", "-s", path).output(),
                text -> text.contains("https://idp.test"));
        kubectl.awaitLog(Shipped.CONTROLLER, "level=DEBUG");
        kubectl.awaitLog(Installation.BROKER, "level=DEBUG");
        assertThat(kubectl.field(Installation.BROKER, "{.spec.template.spec.containers[0].env[*].name}"))
                .contains("LOG_LEVEL", "OAUTH_AUTHORIZATION_SERVERS");
    }

    @Test
    @Order(4)
    @DisplayName("helm: upgrade and rollback with live objects keep sessions and what users changed")
    void upgradesAndRollsBack() throws IOException {
        kubectl.run("scale", "-n", "mcp-system", "deployment/mcp-gateway-controller", "--replicas=2");
        kubectl.run(
                "patch",
                "-n",
                "mcp-system",
                "mcpge",
                "mcp-gateway",
                "--type=merge",
                "-p",
                "{\"spec\":{\"trustedHeadersKey\":{\"secretName\":\"trusted\",\"generate\":\"Enabled\"}}}");
        try (McpClient client = McpClient.connect(shipped.url())) {
            shipped.say(
                    "helm",
                    "upgrade",
                    "mcp-gateway",
                    "charts/mcp-gateway",
                    "-n",
                    "mcp-system",
                    "--wait",
                    "--timeout",
                    "2m",
                    "--set",
                    "broker.pollInterval=30");
            assertThat(kubectl.field(Installation.EXTENSION, "{.spec.backendPingIntervalSeconds}"))
                    .isEqualTo("30");
            expectUsersChanges();
            expectAnswer(client);

            shipped.say("helm", "rollback", "mcp-gateway", "1", "-n", "mcp-system", "--wait", "--timeout", "2m");
            assertThat(kubectl.field(Installation.EXTENSION, "{.spec.backendPingIntervalSeconds}"))
                    .isEqualTo("60");
            expectUsersChanges();
            expectAnswer(client);
        }
        kubectl.awaitReady(Installation.EXTENSION);
    }

    @Test
    @Order(5)
    @DisplayName("rollout restart of broker, controller and gateway: no session lost, no call beyond one retry")
    void restartsAreNotNoticed() throws IOException {
        try (PatientCaller caller = PatientCaller.start(shipped.url())) {
            restart("mcp-system", "mcp-gateway");
            restart("mcp-system", "mcp-gateway-controller");
            restart("gateway-system", "mcp-gateway-istio");
            caller.awaitCalls(20);
            shipped.record("(three restarts: " + caller + ")\n\n");
            assertThat(caller.problems()).isEmpty();
        }
    }

    @Test
    @Order(6)
    @DisplayName("helm: a second release is told to leave the controller to the first, and then has its own gateway")
    void secondReleaseKeepsOut() {
        assertThat(shipped.attempt(
                                "helm", "install", "team", "charts/mcp-gateway", "-n", "team-a", "--create-namespace")
                        .output())
                .contains("belongs to another installation", "controller.enabled=false");

        shipped.say(
                "helm",
                "install",
                "team",
                "charts/mcp-gateway",
                "-n",
                "team-a",
                "--create-namespace",
                "--wait",
                "--timeout",
                "2m",
                "--set",
                "controller.enabled=false,gateway.create=true,gateway.name=team,gateway.namespace=team-a,gateway.publicHost=mcp.team.local,gateway.internalHostPattern=*.team.local,mcpGatewayExtension.gatewayRef.name=team,mcpGatewayExtension.gatewayRef.namespace=team-a");
        kubectl.awaitReady(Subject.extension("team-a", "team-mcp-gateway"));
        assertThat(kubectl.ready(Installation.EXTENSION).isTrue()).isTrue();
        shipped.say("helm", "uninstall", "team", "-n", "team-a", "--wait", "--timeout", "2m");
        kubectl.run("delete", "namespace", "team-a", "--timeout=90s");
        kubectl.awaitReady(Installation.EXTENSION);
    }

    @Test
    @Order(7)
    @DisplayName("API server: accepts every YAML that is shipped, and the chart with each set of values")
    void shippedYamlIsValid() {
        for (String folder : new String[] {
            "config/crd", "config/rbac", "config/controller", "config/istio", "config/test-servers", "config/samples"
        }) {
            shipped.attempt("kubectl", "apply", "--dry-run=server", "-k", folder)
                    .orFail();
        }
        shipped.attempt("sh", "-c", "kubectl kustomize config/install | kubectl apply --dry-run=server -f -")
                .orFail();
        shipped.attempt("kubectl", "apply", "--dry-run=server", "-f", "config/install/extension.yaml")
                .orFail();
        for (String values : new String[] {"defaults", "production", "team", "operator"}) {
            // The bed has no Prometheus operator, so it does not have its kinds.
            shipped.attempt(
                            "sh",
                            "-c",
                            "helm template all charts/mcp-gateway -n mcp-system -f \"$0\" --set metrics.serviceMonitor.enabled=false,metrics.podMonitor.enabled=false,metrics.prometheusRule.enabled=false | kubectl apply --dry-run=server -f -",
                            "e2e/src/test/resources/shipped/chart/" + values + "/values.yaml")
                    .orFail();
        }
    }

    @Test
    @Order(8)
    @DisplayName("helm: uninstall --wait, with servers registered, leaves nothing and nothing hanging")
    void uninstallsCleanly() {
        shipped.say("helm", "uninstall", "mcp-gateway", "-n", "mcp-system", "--wait", "--timeout", "2m");
        shipped.awaitNothingLeft();
        assertThat(kubectl.run("get", "mcpsr", "-n", "mcp-test", "-o", "jsonpath={.items[*].metadata.finalizers}"))
                .as("the users' own objects stay, and wait for nobody")
                .isEmpty();
        shipped.say("kubectl", "delete", "-k", "config/samples", "--timeout=60s");
        shipped.say("kubectl", "delete", "-k", "config/crd", "--timeout=60s");
        shipped.say("kubectl", "delete", "namespace", "mcp-system", "--timeout=60s");
    }

    private void set(String deployment, String... variables) {
        String[] arguments = new String[SET_ENV.length + 1 + variables.length];
        System.arraycopy(SET_ENV, 0, arguments, 0, SET_ENV.length);
        arguments[SET_ENV.length] = deployment;
        System.arraycopy(variables, 0, arguments, SET_ENV.length + 1, variables.length);
        kubectl.run(arguments);
    }

    private void restart(String namespace, String deployment) {
        kubectl.run("rollout", "restart", "-n", namespace, "deployment/" + deployment);
        kubectl.run("rollout", "status", "-n", namespace, "deployment/" + deployment, "--timeout=100s");
    }

    private void expectUsersChanges() {
        assertThat(kubectl.field(Shipped.CONTROLLER, "{.spec.replicas}")).isEqualTo("2");
        assertThat(kubectl.field(Shipped.CONTROLLER, "{.spec.template.spec.containers[0].env[*].name}"))
                .contains("LOG_LEVEL");
        assertThat(kubectl.field(Installation.EXTENSION, "{.spec.trustedHeadersKey.secretName}"))
                .isEqualTo("trusted");
    }

    private static void expectAnswer(McpClient client) throws IOException {
        assertThat(client.call("test2_hello_world", "{\"name\":\"upgrade\"}").text())
                .isEqualTo("Hello, upgrade!");
    }
}
