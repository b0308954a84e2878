package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.fixture.TlsFront;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server outside of the cluster: a DNS name, an address that belongs to no Pod or Service, and TLS. */
@BedTest
@Order(13)
class ExternalServerTest extends ClusterScenario {
    private static final String NAME = "mcp.external.example";

    /** The bed's bridge, which Pods see as the world outside of the cluster. */
    private static final String OUTSIDE = "10.244.0.1";

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("E11 external server: a Hostname backend over TLS is listed and called under its own name")
    void hostnameBackendIsListedAndCalled() throws IOException, GeneralSecurityException {
        installation().bed().host(OUTSIDE, NAME);
        try (TlsFront front = TlsFront.start(folder, NAME, new InetSocketAddress(OUTSIDE, 443), tools())) {
            apply(authority("mcp-test", front), authority("gateway-system", front));
            apply(installation().fixture("external-server.yaml"));
            apply(Yaml.registration("external", "external_", "external")
                    + "  caCertSecretRef: {name: external-authority}\n");

            String message =
                    kubectl().awaitReady(Subject.registration("external")).message();
            assertThat(message).startsWith("server added successfully");
            installation().awaitTools(installation().url(), "external_", tools -> tools.contains("external_greet"));
            try (McpClient client = installation().connect()) {
                assertThat(client.call("external_greet", "{\"name\":\"e2e\"}").text())
                        .isEqualTo("Hi e2e");
                assertThat(client.call("external_headers", "{}").text())
                        .as("what the server saw")
                        .contains("\nHost: " + NAME + "\n");
            }
        }
    }

    /** The outside server behind its TLS front: the same as server1. */
    private InetSocketAddress tools() {
        return new InetSocketAddress(
                kubectl().field(Subject.of("service", "mcp-test", "server1"), "{.spec.clusterIP}"), 9090);
    }

    /** For the broker in the registration's namespace, for Envoy in the Gateway's. */
    private static String authority(String namespace, TlsFront front) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: external-authority
                  namespace: %s
                  labels: {mcp.kuadrant.io/credential: "true"}
                stringData:
                  ca.crt: |
                %s""".formatted(namespace, front.certificate().indent(4));
    }
}
