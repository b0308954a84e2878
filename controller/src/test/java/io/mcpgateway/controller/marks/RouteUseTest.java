package io.mcpgateway.controller.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteUseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void everyParentIsMarkedOnce() {
        HTTPRoute route = route("[{type: Accepted, status: 'True', reason: Accepted}]");

        List<RouteParentStatus> marked = marked(route, true).orElseThrow();

        assertThat(marked).hasSize(2).allSatisfy(parent -> {
            Condition condition = parent.getConditions().getLast();
            assertThat(condition.getType()).isEqualTo("Programmed");
            assertThat(condition.getStatus()).isEqualTo("True");
            assertThat(condition.getReason()).isEqualTo("InUseByMCPServerRegistration");
            assertThat(condition.getObservedGeneration()).isEqualTo(4L);
        });
        assertThat(marked.getFirst().getConditions().getFirst().getType()).isEqualTo("Accepted");
        route.getStatus().setParents(marked);
        assertThat(RouteUse.marked(route, true, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void theMarkGoesWithTheLastUse() {
        HTTPRoute route = route("[{type: Accepted, status: 'True', reason: Accepted}]");
        List<RouteParentStatus> before = route.getStatus().getParents();
        route.getStatus().setParents(marked(route, true).orElseThrow());

        assertThat(marked(route, false)).contains(before);
    }

    @Test
    void aConditionOfSomebodyElseStays() {
        HTTPRoute route = route("[{type: Programmed, status: 'True', reason: Theirs}]");

        assertThat(RouteUse.marked(route, false, NOW)).isEmpty();
    }

    @Test
    void aRouteWithoutParentsIsLeftAlone() {
        HTTPRoute route = route("[]");
        route.setStatus(null);

        assertThat(RouteUse.marked(route, true, NOW)).isEmpty();
    }

    /** The parents of a route once a change is written. */
    private static Optional<List<RouteParentStatus>> marked(HTTPRoute route, boolean inUse) {
        return RouteUse.marked(route, inUse, NOW).map(lists -> {
            assertThat(lists.list()).isEqualTo("parents");
            HTTPRoute changed = new HTTPRouteBuilder(route).build();
            lists.conditions()
                    .forEach((index, conditions) ->
                            changed.getStatus().getParents().get(index).setConditions(conditions));
            return changed.getStatus().getParents();
        });
    }

    private static HTTPRoute route(String conditions) {
        return ObjectYaml.read(HTTPRoute.class, """
                metadata: {name: r, namespace: ns, generation: 4}
                status:
                  parents:
                  - {controllerName: istio, parentRef: {name: one}, conditions: %1$s}
                  - {controllerName: istio, parentRef: {name: two}, conditions: %1$s}
                """.formatted(conditions));
    }
}
