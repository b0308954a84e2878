package io.mcpgateway.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.cluster.ClusterCaches;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.cluster.UnlabelledSecrets;
import io.mcpgateway.controller.testing.InMemoryRequests;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An extension that goes before the watched copies have what was made for it: they are never started here. */
class GatewayObjectsTest {
    private static final MCPGatewayExtension EXTENSION = ObjectYaml.read(MCPGatewayExtension.class, """
            metadata: {name: mcp, namespace: mcp-system, uid: 1-2-3}
            spec: {targetRef: {name: mcp-gateway, namespace: gateway-system, sectionName: mcp}}
            """);

    private final InMemoryRequests requests = new InMemoryRequests();
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final ClusterCaches nothing = new ClusterCaches(client);
    private final GatewayObjects reconciler = new GatewayObjects(
            new ClusterReader(nothing, new UnlabelledSecrets(requests, Clock.systemUTC())),
            requests,
            new ObjectWriter(requests),
            Clock.systemUTC());

    @BeforeEach
    void mark() {
        requests.put(ObjectYaml.read(Gateway.class, """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: mcp-gateway, namespace: gateway-system}
                status:
                  listeners:
                  - name: mcp
                    conditions:
                    - {type: Programmed, status: "True", reason: Programmed, message: ""}
                    - type: MCPGatewayExtension
                      status: "True"
                      reason: Programmed
                      message: "listener in use by MCP Gateway: mcp-system/mcp EnvoyFilter: gateway-system/x"
                """));
    }

    @AfterEach
    void close() {
        nothing.close();
        client.close();
    }

    @Test
    void theFilterAndTheMarkGoAlthoughNoWatchHasBroughtThem() {
        requests.put(filter("mcp"));

        reconciler.remove(EXTENSION);

        assertThat(requests.all(EnvoyFilter.class)).isEmpty();
        assertThat(requests.patches()).singleElement().asString().doesNotContain("MCPGatewayExtension");
    }

    @Test
    void aFilterOfTheSameNameThatIsNotOursStays() {
        requests.put(filter("another"));

        reconciler.remove(EXTENSION);

        assertThat(requests.all(EnvoyFilter.class)).hasSize(1);
    }

    @Test
    void nothingMayBeThere() {
        requests.all(Gateway.class).forEach(requests::delete);

        reconciler.remove(EXTENSION);

        assertThat(requests.patches()).isEmpty();
    }

    private static EnvoyFilter filter(String extension) {
        return ObjectYaml.read(EnvoyFilter.class, """
                apiVersion: networking.istio.io/v1alpha3
                kind: EnvoyFilter
                metadata:
                  name: mcp-ext-proc-mcp-system-gateway
                  namespace: gateway-system
                  labels:
                    app.kubernetes.io/managed-by: mcp-gateway-controller
                    app.kubernetes.io/name: mcp-gateway
                    mcp.kuadrant.io/extension-name: %s
                    mcp.kuadrant.io/extension-namespace: mcp-system
                """.formatted(extension));
    }
}
