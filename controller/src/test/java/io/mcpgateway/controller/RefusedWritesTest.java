package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.controller.testing.RecordingRequests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API server refuses what the controller writes: a policy of the cluster, a field that cannot change. */
class RefusedWritesTest {
    private static final String DENIED = "admission webhook \"policy.example.com\" denied the request: not here";

    private final ControllerHarness world = new ControllerHarness();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void theStatusSaysWhichObjectAndWhyUntilItIsAccepted() {
        RecordingRequests requests = world.start();
        requests.refuse(Map.of("EnvoyFilter", DENIED));
        world.withWorld();

        awaitReady("EnvoyFilterNotApplied", "the API server refuses to write EnvoyFilter gateway-system/", DENIED);
        assertThat(condition("Accepted").getStatus()).isEqualTo("True");
        assertThat(world.client
                        .resources(HTTPRoute.class)
                        .inNamespace(ControllerHarness.NAMESPACE)
                        .list()
                        .getItems())
                .as("clients' requests would not be filtered")
                .isEmpty();
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(warnings()).containsOnlyOnce("EnvoyFilterNotApplied"));

        requests.refuse(Map.of());
        world.awaitReady();
        assertThat(world.client
                        .resources(EnvoyFilter.class)
                        .inNamespace("gateway-system")
                        .list()
                        .getItems())
                .hasSize(1);
        assertThat(warnings()).containsOnlyOnce("EnvoyFilterNotApplied");
    }

    @Test
    void aConfigurationThatIsRefusedIsNotProgrammed() {
        world.withWorld();
        RecordingRequests requests = world.start();
        world.awaitReady();

        requests.refuse(Map.of("Secret", "data: Forbidden: field is immutable when `immutable` is set"));
        world.client.resource(world.registration()).delete();

        awaitReady("WriteRefused", "Secret mcp-system/mcp-gateway-config: data: Forbidden: field is immutable");
        assertThat(condition("Programmed"))
                .extracting(Condition::getStatus, Condition::getReason)
                .containsExactly("False", "WriteRefused");
        assertThat(world.document()).contains("name: team/weather");

        requests.refuse(Map.of());
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.document()).contains("servers: []"));
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(condition("Ready").getStatus()).isEqualTo("True"));
    }

    @Test
    void attemptsBecomeRareAndTheStatusIsWrittenOnce() {
        RecordingRequests requests = world.start();
        requests.refuse(Map.of("ServiceAccount", DENIED));
        world.withWorld();
        awaitReady("WriteRefused", "ServiceAccount mcp-system/");
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() ->
                        assertThat(world.conditions("MCPServerRegistration")).isNotEmpty());
        long statuses = statusWrites(requests);

        long attempts = attempts(requests);
        await().atMost(ControllerHarness.LONG).until(() -> attempts(requests) >= attempts + 2);

        assertThat(statusWrites(requests)).isEqualTo(statuses);
        // Half a second, one, two, four: so few fit into the time that this took.
        assertThat(attempts(requests)).isLessThan(attempts + 4);
    }

    private static long attempts(RecordingRequests requests) {
        return requests.writes().stream()
                .filter(write -> write.startsWith("create ServiceAccount"))
                .count();
    }

    private static long statusWrites(RecordingRequests requests) {
        return requests.writes().stream()
                .filter(write -> write.startsWith("patchStatus MCPGatewayExtension"))
                .count();
    }

    private void awaitReady(String reason, String... words) {
        await().atMost(ControllerHarness.LONG).untilAsserted(() -> {
            Condition ready = condition("Ready");
            assertThat(ready.getReason()).isEqualTo(reason);
            assertThat(ready.getStatus()).isEqualTo("False");
            assertThat(ready.getMessage()).contains(words);
        });
    }

    private Condition condition(String type) {
        return world.conditions("MCPGatewayExtension").stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElseGet(Condition::new);
    }

    private List<String> warnings() {
        return world.client.v1().events().inNamespace(ControllerHarness.NAMESPACE).list().getItems().stream()
                .filter(event -> "Warning".equals(event.getType()))
                .map(Event::getReason)
                .toList();
    }
}
