package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.testing.RecordingRequests;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamespaceDeletionTest {
    private final ControllerHarness world = new ControllerHarness();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void nothingIsMadeInANamespaceThatGoesAndTheFinalizerEnds() {
        world.withWorld();
        RecordingRequests requests = world.start();
        world.awaitReady();
        int before = requests.writes().size();

        world.cluster.create("""
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: mcp-system
                  finalizers: [example.org/slow]
                """);
        world.client.namespaces().withName("mcp-system").delete();
        assertThat(world.client.namespaces().withName("mcp-system").get().isMarkedForDeletion())
                .isTrue();
        await().atMost(ControllerHarness.LONG)
                .until(() -> world.controller().reader().isBeingDeleted(ControllerHarness.NAMESPACE));
        world.client
                .resource(world.get(Deployment.class, ControllerHarness.NAMESPACE, "mcp-gateway"))
                .delete();

        await().during(Duration.ofSeconds(2))
                .atMost(ControllerHarness.LONG)
                .until(() -> requests.writes().subList(before, requests.writes().size()).stream()
                        .noneMatch(write -> write.startsWith("create")));

        world.client
                .resource(world.get(MCPGatewayExtension.class, ControllerHarness.NAMESPACE, "mcp"))
                .delete();
        await().atMost(ControllerHarness.LONG)
                .until(() -> world.client
                        .resources(MCPGatewayExtension.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .isEmpty());
    }
}
