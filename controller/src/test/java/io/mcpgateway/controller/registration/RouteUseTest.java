package io.mcpgateway.controller.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteUseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void everyParentIsMarkedOnce() {
        HTTPRoute route = route("[{type: Accepted, status: 'True', reason: Accepted}]");

        List<RouteParentStatus> marked = RouteUse.marked(route, true, NOW).orElseThrow();

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
        route.getStatus().setParents(RouteUse.marked(route, true, NOW).orElseThrow());

        assertThat(RouteUse.marked(route, false, NOW)).contains(before);
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
