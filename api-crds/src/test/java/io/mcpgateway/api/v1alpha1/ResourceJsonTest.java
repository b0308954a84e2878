package io.mcpgateway.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningMode;
import io.mcpgateway.api.v1alpha1.reference.CredentialReference;
import io.mcpgateway.api.v1alpha1.reference.RouteTargetReference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The classes as fabric8's client reads and writes them. */
class ResourceJsonTest {
    @Test
    void absentMembersGetTheirDefaults() {
        MCPServerRegistrationSpec spec =
                Serialization.unmarshal("""
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPServerRegistration
                metadata: {name: weather, namespace: mcp-test}
                spec:
                  targetRef: {name: weather-route}
                  credentialRef: {name: weather-secret}
                """, MCPServerRegistration.class).getSpec();

        assertThat(spec)
                .isEqualTo(new MCPServerRegistrationSpec(
                        new RouteTargetReference("gateway.networking.k8s.io", "HTTPRoute", "weather-route", null),
                        null,
                        "/mcp",
                        new CredentialReference("weather-secret", "token"),
                        null,
                        null,
                        AnonymousSessionsMode.PER_CALL,
                        ToolPinningMode.OFF,
                        List.of(),
                        EnabledState.ENABLED,
                        null));
        assertThat(spec.targetRef().namespaceOr("mcp-test")).isEqualTo("mcp-test");
        assertThat(spec.toolPrefixOrEmpty()).isEmpty();
        assertThat(spec.authorizationMode()).isEqualTo(UpstreamAuthorizationMode.NONE);
    }

    @Test
    void membersOfALaterVersionAreIgnored() {
        MCPGatewayExtensionSpec spec =
                Serialization.unmarshal("""
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPGatewayExtension
                spec:
                  targetRef: {name: gateway, namespace: gateway-system, later: 1}
                  httpRouteManagement: Disabled
                  somethingLater: {secretName: x}
                """, MCPGatewayExtension.class).getSpec();

        assertThat(spec.httpRouteManagement()).isEqualTo(EnabledState.DISABLED);
        assertThat(spec.backendPingIntervalSeconds()).isEqualTo(60);
        assertThat(spec.targetRef().namespaceOr("mcp-system")).isEqualTo("gateway-system");
    }

    @Test
    void aStatusForPatchingCarriesNoSpec() {
        MCPVirtualServer patch = new MCPVirtualServer();
        patch.setMetadata(
                new ObjectMetaBuilder().withName("v").withNamespace("n").build());
        patch.setStatus(new MCPVirtualServerStatus(
                List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("Ready")
                        .withMessage("")
                        .withLastTransitionTime("2026-11-23T00:00:00Z")
                        .build()),
                3L,
                2,
                List.of("gone")));

        assertThat(Serialization.asYaml(patch)).isEqualTo("""
                ---
                apiVersion: "mcp.kagenti.com/v1alpha1"
                kind: "MCPVirtualServer"
                metadata:
                  name: "v"
                  namespace: "n"
                status:
                  conditions:
                  - lastTransitionTime: "2026-11-23T00:00:00Z"
                    message: ""
                    reason: "Ready"
                    status: "True"
                    type: "Ready"
                  observedGeneration: 3
                  toolCount: 2
                  unknownTools:
                  - "gone"
                """);
    }

    @Test
    void aCopyMadeByTheClientIsEqual() {
        MCPGatewayExtension extension = Serialization.unmarshal("""
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPGatewayExtension
                metadata: {name: e, namespace: n, uid: u}
                spec:
                  targetRef: {name: gateway}
                  trustedHeadersKey: {secretName: keys, generate: Enabled}
                status: {publicHost: mcp.example.com}
                """, MCPGatewayExtension.class);

        assertThat(Serialization.clone(extension)).isEqualTo(extension);
    }
}
