package io.mcpgateway.controller.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenerUseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ObjectKey EXTENSION = new ObjectKey("mcp-system", "mcp-gateway");
    private static final ObjectKey FILTER = new ObjectKey("gateway-system", "mcp-ext-proc-mcp-system-gateway");

    @Test
    void theListenerSaysWhoUsesIt() {
        Gateway gateway = gateway();

        List<ListenerStatus> listeners = mark(gateway, "mcp").orElseThrow();

        Condition condition = listeners.getFirst().getConditions().getLast();
        assertThat(condition.getType()).isEqualTo("MCPGatewayExtension");
        assertThat(condition.getStatus()).isEqualTo("True");
        assertThat(condition.getReason()).isEqualTo("Programmed");
        assertThat(condition.getObservedGeneration()).isEqualTo(7L);
        assertThat(condition.getMessage())
                .isEqualTo("listener in use by MCP Gateway: mcp-system/mcp-gateway EnvoyFilter: "
                        + "gateway-system/mcp-ext-proc-mcp-system-gateway");
        assertThat(listeners.getLast().getConditions()).hasSize(1);
    }

    @Test
    void aMarkedListenerNeedsNoWrite() {
        Gateway gateway = gateway();
        gateway.getStatus().setListeners(mark(gateway, "mcp").orElseThrow());

        assertThat(mark(gateway, "mcp")).isEmpty();
    }

    @Test
    void theMarkMovesWithTheSectionName() {
        Gateway gateway = gateway();
        gateway.getStatus().setListeners(mark(gateway, "mcp").orElseThrow());

        List<ListenerStatus> moved = mark(gateway, "mcps").orElseThrow();

        assertThat(moved.getFirst().getConditions()).hasSize(1);
        assertThat(moved.getLast().getConditions()).hasSize(2);
    }

    @Test
    void onlyTheOwnMarkIsTakenOff() {
        Gateway gateway = gateway();
        gateway.getStatus().setListeners(mark(gateway, "mcp").orElseThrow());

        assertThat(ListenerUse.unmarked(gateway, new ObjectKey("other", "one"))).isEmpty();
        assertThat(ListenerUse.unmarked(gateway, EXTENSION).map(lists -> listeners(gateway, lists)))
                .contains(gateway().getStatus().getListeners());
    }

    @Test
    void marksOfExtensionsThatAreGoneAreTakenOff() {
        Gateway gateway = gateway();
        gateway.getStatus().setListeners(mark(gateway, "mcp").orElseThrow());

        assertThat(ListenerUse.unmarkedBut(gateway, Set.of(EXTENSION))).isEmpty();
        assertThat(ListenerUse.unmarkedBut(gateway, Set.of(new ObjectKey("mcp-system", "mcp")))
                        .map(lists -> listeners(gateway, lists)))
                .as("a name that begins alike is another extension")
                .contains(gateway().getStatus().getListeners());
        assertThat(ListenerUse.unmarkedBut(gateway(), Set.of())).isEmpty();
    }

    @Test
    void aListenerWithoutStatusEntryIsNotInvented() {
        assertThat(mark(gateway(), "new")).isEmpty();
        assertThat(mark(ObjectYaml.read(Gateway.class, "metadata: {name: g, namespace: gw}"), "mcp"))
                .isEmpty();
    }

    private static Optional<List<ListenerStatus>> mark(Gateway gateway, String listener) {
        return ListenerUse.marked(gateway, listener, EXTENSION, FILTER, NOW).map(lists -> listeners(gateway, lists));
    }

    /** The listeners of a Gateway once a change is written. */
    private static List<ListenerStatus> listeners(Gateway gateway, ConditionLists lists) {
        assertThat(lists.list()).isEqualTo("listeners");
        Gateway changed = new GatewayBuilder(gateway).build();
        lists.conditions()
                .forEach((index, conditions) ->
                        changed.getStatus().getListeners().get(index).setConditions(conditions));
        return changed.getStatus().getListeners();
    }

    private static Gateway gateway() {
        return ObjectYaml.read(Gateway.class, """
                metadata: {name: g, namespace: gateway-system, generation: 7}
                status:
                  listeners:
                  - {name: mcp, attachedRoutes: 1, conditions: [{type: Accepted, status: "True"}]}
                  - {name: mcps, attachedRoutes: 1, conditions: [{type: Accepted, status: "True"}]}
                """);
    }
}
