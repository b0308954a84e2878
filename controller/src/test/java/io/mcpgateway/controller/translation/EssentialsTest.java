package io.mcpgateway.controller.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.marks.RouteUse;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EssentialsTest {
    @Test
    void ourOwnMarkOnARouteIsNothingThatAPlanReads() {
        HTTPRoute route = route("Accepted", "2026-01-01T00:00:00Z");
        HTTPRoute marked = route("Accepted", "2026-01-01T00:00:00Z");
        RouteUse.marked(marked, true, Instant.EPOCH)
                .orElseThrow()
                .conditions()
                .forEach((index, conditions) ->
                        marked.getStatus().getParents().get(index).setConditions(conditions));

        assertThat(marked).isNotEqualTo(route);
        assertThat(Essentials.of(marked)).isEqualTo(Essentials.of(route));
    }

    @Test
    void whatAGatewaySaysOfARouteCountsAndNotWhen() {
        HTTPRoute route = route("Accepted", "2026-01-01T00:00:00Z");

        assertThat(Essentials.of(route("Accepted", "2026-02-02T00:00:00Z"))).isEqualTo(Essentials.of(route));
        assertThat(Essentials.of(route("ResolvedRefs", "2026-01-01T00:00:00Z"))).isNotEqualTo(Essentials.of(route));
    }

    @Test
    void aRegistrationIsItsSpecAndWhetherItGoes() {
        MCPServerRegistration registration = registration("resourceVersion: '1'", "x_");

        assertThat(Essentials.of(registration("resourceVersion: '2'", "x_"))).isEqualTo(Essentials.of(registration));
        assertThat(Essentials.of(registration("resourceVersion: '1'", "y_"))).isNotEqualTo(Essentials.of(registration));
        assertThat(Essentials.of(registration("deletionTimestamp: '2026-01-01T00:00:00Z'", "x_")))
                .isNotEqualTo(Essentials.of(registration));
    }

    private static HTTPRoute route(String condition, String since) {
        return ObjectYaml.read(HTTPRoute.class, """
                metadata: {name: r, namespace: ns}
                spec: {hostnames: [s.mcp.local]}
                status:
                  parents:
                  - parentRef: {name: g}
                    controllerName: istio
                    conditions:
                    - {type: %s, status: "True", reason: Said, message: "", lastTransitionTime: "%s"}
                """.formatted(condition, since));
    }

    private static MCPServerRegistration registration(String metadata, String prefix) {
        return ObjectYaml.read(MCPServerRegistration.class, """
                metadata: {name: s, namespace: ns, %s}
                spec: {toolPrefix: %s, targetRef: {name: r}}
                """.formatted(metadata, prefix));
    }
}
