package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.testing.RecordingRequests;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More configuration than a Secret may hold. The server in memory would take it: the controller must not ask. */
class ConfigTooLargeTest {
    private final ControllerHarness world = new ControllerHarness();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void theConfigurationBeforeStaysAndTheStatusSaysWhy() {
        world.withWorld();
        RecordingRequests requests = world.start();
        world.awaitReady();
        String before = world.document();

        world.cluster.create(tooLarge());
        awaitRefusal();

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(warnings()).contains("ConfigTooLarge"));
        AtomicInteger seen = new AtomicInteger(-1);
        await().during(Duration.ofSeconds(1)).atMost(ControllerHarness.LONG).until(() -> {
            int writes = requests.writes().size();
            return writes == seen.getAndSet(writes);
        });
        assertThat(world.document()).isEqualTo(before);
    }

    @Test
    void whatIsWithdrawnOrNarrowedMeanwhileIsNotServed() {
        world.withWorld();
        world.start();
        world.awaitReady();
        world.cluster.create(tooLarge());
        awaitRefusal();

        world.change(
                MCPVirtualServer.class,
                "team",
                "dev",
                dev -> dev.setSpec(ObjectYaml.read(MCPVirtualServer.class, "spec: {tools: [weather_other]}")
                        .getSpec()));
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.document()).contains("virtualServers: []", "name: team/weather"));

        world.client.resource(world.registration()).delete();
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.document()).contains("servers: []", "virtualServers: []"));
        awaitRefusal();
    }

    @Test
    void itIsWrittenAsSoonAsItFits() {
        world.withWorld();
        world.start();
        world.awaitReady();
        world.cluster.create(tooLarge());
        awaitRefusal();

        world.client
                .resource(world.get(MCPVirtualServer.class, "team", "large"))
                .delete();

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(
                        () -> assertThat(world.isReady("MCPGatewayExtension")).isTrue());
    }

    @Test
    void aBrokerThatNeverHadOneStartsWithNothing() {
        world.cluster.create(tooLarge());
        world.withWorld();
        world.start();

        awaitRefusal();

        assertThat(world.document()).contains("servers: []", "virtualServers: []");
    }

    private void awaitRefusal() {
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.conditions("MCPGatewayExtension"))
                        .filteredOn(condition -> "ConfigTooLarge".equals(condition.getReason()))
                        .allSatisfy(condition -> {
                            assertThat(condition.getStatus()).isEqualTo("False");
                            assertThat(condition.getMessage()).containsPattern("has 1\\d{6} bytes.* at most 1048576");
                        })
                        .extracting(condition -> condition.getType())
                        .containsExactlyInAnyOrder("Ready", "Programmed"));
    }

    private List<String> warnings() {
        return world.client.v1().events().inNamespace(ControllerHarness.NAMESPACE).list().getItems().stream()
                .filter(event -> "Warning".equals(event.getType()))
                .map(Event::getReason)
                .toList();
    }

    /** As many and as long names as one object may have. */
    private static String tooLarge() {
        String tools = IntStream.range(0, 4096)
                .mapToObj(number -> "t%04d%s".formatted(number, "x".repeat(251)))
                .collect(Collectors.joining(", "));
        return """
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPVirtualServer
                metadata: {name: large, namespace: team}
                spec: {tools: [%s]}
                """.formatted(tools);
    }
}
