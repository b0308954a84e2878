package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.installation.UninstallCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command of the chart's hook, in a cluster where the controller has done its work. */
class UninstallCommandTest {
    private static final String CONTROLLER = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: mcp-gateway-controller, namespace: mcp-system}
            spec:
              replicas: 2
              selector: {matchLabels: {app: mcp-controller}}
              template:
                metadata: {labels: {app: mcp-controller}}
                spec: {containers: [{name: controller, image: mcp-gateway-controller}]}
            """;

    private final ControllerHarness world = new ControllerHarness();

    @BeforeEach
    void controllerHasWorked() {
        world.withWorld();
        world.cluster.create(CONTROLLER);
        world.start();
        world.awaitReady();
        await().atMost(ControllerHarness.LONG).until(() -> marks().size() == 2);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aWorkingControllerCleansUpAndIsStopped() {
        assertThat(uninstall("--extension=mcp")).isZero();

        assertThat(world.ours(EnvoyFilter.class)).isEmpty();
        assertThat(all(MCPGatewayExtension.class)).isEmpty();
        assertThat(marks()).isEmpty();
        assertThat(world.get(Deployment.class, ControllerHarness.NAMESPACE, "mcp-gateway-controller")
                        .getSpec()
                        .getReplicas())
                .isZero();
    }

    @Test
    void withoutAControllerTheCommandCleansUp() {
        world.stop();
        world.client.resource(world.registration()).delete();

        assertThat(uninstall("--extension=mcp", "--timeout=1")).isZero();

        assertThat(all(MCPGatewayExtension.class)).isEmpty();
        assertThat(all(MCPServerRegistration.class)).isEmpty();
        assertThat(world.ours(EnvoyFilter.class)).isEmpty();
        assertThat(marks()).as("on the Gateway and the HTTPRoute").isEmpty();
    }

    @Test
    void othersKeepWhatTheyHaveAndWaitForNobody() {
        world.stop();

        assertThat(uninstall("--timeout=1")).isZero();

        assertThat(marks()).hasSize(2);
        assertThat(world.ours(EnvoyFilter.class)).hasSize(1);
        for (Class<? extends HasMetadata> kind :
                List.of(MCPGatewayExtension.class, MCPServerRegistration.class, MCPVirtualServer.class)) {
            assertThat(all(kind))
                    .singleElement()
                    .satisfies(object ->
                            assertThat(object.getMetadata().getFinalizers()).isEmpty());
        }
    }

    @Test
    void theChartsRightsSuffice() {
        world.stop();
        // templates/uninstall.yaml has these beside the controller's own.
        Set<String> permitted = Permissions.of(Permissions.ROLE);
        permitted.add("mcp.kagenti.com/mcpgatewayextensions delete");
        permitted.add("/pods list");

        uninstall("--extension=mcp", "--timeout=1");

        assertThat(Permissions.used(world.cluster.requests()))
                .contains("mcp.kagenti.com/mcpgatewayextensions delete", "/pods list")
                .isSubsetOf(permitted);
    }

    @Test
    void aNamespaceIsNeeded() {
        StringWriter error = new StringWriter();
        int exit = new CommandLine(new UninstallCommand(world.cluster::connect))
                .setErr(new PrintWriter(error))
                .execute("--namespace");

        assertThat(exit).isEqualTo(2);
        assertThat(error.toString()).contains("--namespace");
    }

    private int uninstall(String... more) {
        CommandLine command = new CommandLine(new UninstallCommand(world.cluster::connect));
        String[] line = new String[more.length + 1];
        line[0] = "--namespace=" + ControllerHarness.NAMESPACE;
        System.arraycopy(more, 0, line, 1, more.length);
        return command.execute(line);
    }

    private <T extends HasMetadata> List<T> all(Class<T> kind) {
        return world.client.resources(kind).inAnyNamespace().list().getItems();
    }

    /** Reasons of our conditions in the status of the Gateway and of the server's route. */
    private List<String> marks() {
        var listeners = world.gateway().getStatus().getListeners().stream()
                .flatMap(listener -> listener.getConditions().stream());
        var parents = world.get(HTTPRoute.class, "team", "weather").getStatus().getParents().stream()
                .flatMap(parent -> parent.getConditions().stream());
        return java.util.stream.Stream.concat(listeners, parents)
                .filter(condition -> condition.getType().equals("MCPGatewayExtension")
                        || "InUseByMCPServerRegistration".equals(condition.getReason()))
                .map(condition -> condition.getReason())
                .toList();
    }
}
