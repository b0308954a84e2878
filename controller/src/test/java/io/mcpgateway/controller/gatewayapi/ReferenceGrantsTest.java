package io.mcpgateway.controller.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants.Reference;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceGrantsTest {
    private static final String EXTENSION = "{group: mcp.kagenti.com, kind: MCPGatewayExtension, namespace: team}";
    private static final String GATEWAY = "{group: gateway.networking.k8s.io, kind: Gateway}";
    private static final Reference REFERENCE = Reference.extensionToGateway("team", new ObjectKey("gw", "mcp-gateway"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                EXTENSION + " | " + GATEWAY + " | true",
                EXTENSION + " | {group: gateway.networking.k8s.io, kind: Gateway, name: mcp-gateway} | true",
                EXTENSION + " | {group: gateway.networking.k8s.io, kind: Gateway, name: ''} | true",
                EXTENSION + " | {group: gateway.networking.k8s.io} | true",
                EXTENSION + " | {group: gateway.networking.k8s.io, kind: Gateway, name: other} | false",
                EXTENSION + " | {group: gateway.networking.k8s.io, kind: HTTPRoute} | false",
                EXTENSION + " | {group: '', kind: Gateway} | false",
                EXTENSION + " | {kind: Gateway} | false",
                EXTENSION + " | {group: '', kind: Service}," + GATEWAY + " | true",
                "{group: mcp.kagenti.com, kind: MCPGatewayExtension, namespace: other}," + EXTENSION + " | " + GATEWAY
                        + " | true",
                "{group: mcp.kagenti.com, kind: MCPGatewayExtension, namespace: other} | " + GATEWAY + " | false",
                "{group: mcp.kuadrant.io, kind: MCPGatewayExtension, namespace: team} | " + GATEWAY + " | false",
                "{group: mcp.kagenti.com, kind: MCPServerRegistration, namespace: team} | " + GATEWAY + " | false",
                "'' | " + GATEWAY + " | false",
                EXTENSION + " | '' | false",
            })
    void everyFromAndEveryToCounts(String from, String to, boolean expected) {
        assertThat(ReferenceGrants.permit(List.of(grant("gw", from, to)), REFERENCE))
                .isEqualTo(expected);
    }

    @Test
    void oneGrantMustHoldBothSides() {
        ReferenceGrant from = grant("gw", EXTENSION, "{group: '', kind: Service}");
        ReferenceGrant to = grant("gw", "{group: a, kind: b, namespace: c}", GATEWAY);

        assertThat(ReferenceGrants.permit(List.of(from, to), REFERENCE)).isFalse();
        assertThat(ReferenceGrants.permit(List.of(from, to, grant("gw", EXTENSION, GATEWAY)), REFERENCE))
                .isTrue();
    }

    @Test
    void aGrantOfAnotherNamespaceSaysNothing() {
        assertThat(ReferenceGrants.permit(List.of(grant("team", EXTENSION, GATEWAY)), REFERENCE))
                .isFalse();
    }

    @Test
    void aGrantThatIsBeingDeletedGrantsNothing() {
        ReferenceGrant grant = grant("gw", EXTENSION, GATEWAY);
        grant.getMetadata().setDeletionTimestamp("2026-11-23T00:00:00Z");

        assertThat(ReferenceGrants.permit(List.of(grant), REFERENCE)).isFalse();
    }

    @Test
    void noGrantIsNeededWithinANamespace() {
        assertThat(ReferenceGrants.permit(
                        List.of(), Reference.extensionToGateway("gw", new ObjectKey("gw", "mcp-gateway"))))
                .isTrue();
    }

    @Test
    void registrationsAndRoutesHaveGrantsOfTheirOwn() {
        Reference route = Reference.registrationToRoute("team", new ObjectKey("routes", "r"));
        Reference service = Reference.routeToService("routes", new ObjectKey("backend", "s"));
        ReferenceGrant toRoute = grant(
                "routes",
                "{group: mcp.kagenti.com, kind: MCPServerRegistration, namespace: team}",
                "{group: gateway.networking.k8s.io, kind: HTTPRoute}");
        ReferenceGrant toService = grant(
                "backend",
                "{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: routes}",
                "{group: '', kind: Service, name: s}");

        assertThat(ReferenceGrants.permit(List.of(toRoute), route)).isTrue();
        assertThat(ReferenceGrants.permit(List.of(toService), service)).isTrue();
        assertThat(ReferenceGrants.permit(List.of(toService), route)).isFalse();
        assertThat(ReferenceGrants.permit(List.of(toRoute), service)).isFalse();
    }

    private static ReferenceGrant grant(String namespace, String from, String to) {
        return ObjectYaml.read(
                ReferenceGrant.class,
                "metadata: {name: g, namespace: " + namespace + "}\nspec: {from: [" + from + "], to: [" + to + "]}");
    }
}
