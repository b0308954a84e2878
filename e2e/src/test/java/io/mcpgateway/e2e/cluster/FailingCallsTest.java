package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.fixture.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A server that cannot be called is not ready, and Envoy's own responses to calls are JSON-RPC errors. */
@BedTest
@Order(14)
class FailingCallsTest extends ClusterScenario {
    private static final String OUTSIDE = "nowhere.example";
    private static final Subject EXTERNAL = Subject.registration("unknown-host");
    private static final Subject SERVER1 = Subject.registration("server1");

    /** Above the router's limit, below that of the filters. */
    private static final int BETWEEN_THE_LIMITS = 7 * 1024 * 1024;

    @Test
    @Order(1)
    @DisplayName("Nothing ready that fails: an external host that Istio does not know, until a ServiceEntry names it")
    void aHostWithoutServiceEntryIsNotAccepted() {
        apply(Yaml.route("unknown-host", "unknown-host.mcp.local", "server1")
                .replace(
                        "{name: server1, port: 9090}",
                        "{group: networking.istio.io, kind: Hostname, name: " + OUTSIDE + ", port: 443}"));
        apply(Yaml.registration("unknown-host", "unknown_", "unknown-host"));

        System.out.println("    "
                + kubectl()
                        .awaitNotReady(EXTERNAL, "NotReady", "ResolvedRefs=False", OUTSIDE, "ServiceEntry")
                        .message());
        assertThat(accepted()).isEqualTo("False BackendNotFound");

        apply("""
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: unknown-host, namespace: mcp-test}
                spec:
                  hosts: [%s]
                  location: MESH_EXTERNAL
                  resolution: DNS
                  ports: [{number: 443, name: https, protocol: HTTPS}]
                """.formatted(OUTSIDE));
        kubectl().await(EXTERNAL, "Accepted=True", this::accepted, "True Accepted"::equals);
    }

    @Test
    @Order(2)
    @DisplayName("Envoy's own answers: JSON-RPC for calls, unchanged for another application on the port")
    void whatEnvoySaysOfACallIsAJsonRpcError() throws IOException {
        try (McpClient client = installation().connect()) {
            String call = McpClient.callBody("1", "test1_time", "{}");
            assertThat(client.post(call, Map.of()).status()).isEqualTo(200);
            // Neither Service speaks TLS: the broker still lists the tools, and Envoy gets no connection.
            apply(tls("server1"), tls("other"));

            Reply refused = kubectl()
                    .await(
                            SERVER1,
                            "calls that Envoy cannot send",
                            () -> post(client, call),
                            reply -> reply.status() == 503);
            System.out.println("    " + refused.body());
            assertThat(refused.mediaType()).isEqualTo("application/json");
            assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-32003);
            assertThat(refused.json().at("/error/message").asText()).startsWith("server mcp-test/server1 ");

            Reply other = kubectl()
                    .await(SERVER1, "another application that fails too", this::other, reply -> reply.status() == 503);
            System.out.println("    " + other.body());
            assertThat(other.mediaType()).isEqualTo("text/plain");
            assertThat(other.body()).doesNotContain("jsonrpc");
        }
    }

    @Test
    @Order(3)
    @DisplayName("Too large: 413 in JSON-RPC for a body between the router's limit and Envoy's")
    void aBodyThatIsTooLargeIsReported() throws IOException {
        String call = McpClient.callBody("1", "test1_greet", "{\"name\":\"" + "x".repeat(BETWEEN_THE_LIMITS) + "\"}");
        Reply reply = RawHttp.post(
                installation().port(Installation.GATEWAY),
                List.of("Host: " + Installation.PUBLIC_HOST, "Content-Type: application/json"),
                call.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().at("/error/message").asText()).contains("too large");
    }

    private String accepted() {
        return kubectl().field(EXTERNAL, "{range .status.conditions[?(@.type=='Accepted')]}{.status} {.reason}{end}");
    }

    private static Reply post(McpClient client, String call) {
        try {
            return client.post(call, Map.of());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Reply other() {
        try {
            return RawHttp.post(
                    installation().port(Installation.GATEWAY),
                    List.of("Host: other.apps.local", "Content-Type: application/json"),
                    "{}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String tls(String service) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: tls-%s, namespace: mcp-test}
                spec:
                  host: %s.mcp-test.svc.cluster.local
                  trafficPolicy: {tls: {mode: SIMPLE}}
                """.formatted(service, service);
    }
}
