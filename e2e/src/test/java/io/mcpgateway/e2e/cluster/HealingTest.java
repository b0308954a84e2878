package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Portable
@Order(6)
class HealingTest extends ClusterScenario {
    private static final List<Subject> OWNED = List.of(
            Subject.of("envoyfilter", "gateway-system", "mcp-ext-proc-mcp-system-gateway"),
            Subject.of("httproute", "mcp-system", "mcp-gateway-route"),
            Subject.of("service", "mcp-system", "mcp-gateway"),
            Subject.of("rolebinding", "mcp-system", "mcp-gateway"),
            Subject.of("role", "mcp-system", "mcp-gateway"),
            Subject.of("serviceaccount", "mcp-system", "mcp-gateway"),
            Subject.of("secret", "mcp-system", "mcp-gateway-config"),
            Subject.of("secret", "mcp-system", "mcp-gateway-session-signing-key"),
            Installation.BROKER);

    @Test
    @Order(1)
    @DisplayName("Healing: every owned object deleted by hand comes back, and calls work again")
    void deletedObjectsComeBack() throws IOException {
        for (Subject owned : OWNED) {
            String before = kubectl().field(owned, "{.metadata.uid}");
            assertThat(before).as(owned.toString()).isNotEmpty();
            kubectl().run("delete", owned.kind(), owned.name(), "-n", owned.namespace());
            kubectl()
                    .await(
                            owned,
                            "a new one",
                            () -> kubectl().field(owned, "{.metadata.uid}"),
                            uid -> !uid.isEmpty() && !uid.equals(before));
        }
        awaitReplicas(Installation.BROKER, 1);
        kubectl().awaitReady(Installation.EXTENSION);

        awaitCalls();
    }

    @Test
    @Order(2)
    @DisplayName("Healing: what a user adds to the broker's Deployment stays, what is ours is put back")
    void foreignChangesStay() {
        kubectl().run("set", "env", "deployment/mcp-gateway", "-n", "mcp-system", "LOG_LEVEL=debug");
        kubectl()
                .run(
                        "patch",
                        "service",
                        "mcp-gateway",
                        "-n",
                        "mcp-system",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"replace\",\"path\":\"/spec/ports/1/port\",\"value\":50052}]");

        Subject service = Subject.of("service", "mcp-system", "mcp-gateway");
        kubectl()
                .await(service, "port 50051", () -> kubectl().field(service, "{.spec.ports[1].port}"), "50051"::equals);
        kubectl().run("rollout", "status", "deployment/mcp-gateway", "-n", "mcp-system", "--timeout=90s");
        assertThat(kubectl()
                        .field(
                                Installation.BROKER,
                                "{.spec.template.spec.containers[0].env[?(@.name=='LOG_LEVEL')].value}"))
                .isEqualTo("debug");
    }

    @Test
    @Order(3)
    @DisplayName("Healing: the controller killed right after kubectl apply, its successor finishes the work")
    void killedControllerIsSucceeded() {
        apply(Yaml.route("killed", "killed.mcp.local", "server2"));
        apply(Yaml.registration("killed", "killed_", "killed"));
        kubectl().run("delete", "pod", "-n", "mcp-system", "-l", "app=mcp-controller", "--force", "--grace-period=0");

        kubectl().awaitReady(Subject.registration("killed"));
        installation().awaitTools(installation().url(), "killed_", tools -> tools.contains("killed_time"));
    }

    private void awaitCalls() {
        kubectl()
                .await(
                        Installation.EXTENSION,
                        "a call",
                        () -> {
                            try (McpClient client = installation().connect()) {
                                return client.call("test1_greet", "{\"name\":\"e2e\"}")
                                        .text();
                            } catch (IOException e) {
                                return e.toString();
                            }
                        },
                        "Hi e2e"::equals);
    }
}
