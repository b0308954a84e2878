package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Portable
@Order(5)
class IsolationTest extends ClusterScenario {
    private static final int LARGE = 20 * 1024 * 1024;

    /** The claims of docs/security-model.md. */
    private static final List<String> HEADERS_OF_THE_ROUTER = List.of(
            "x-mcp-method",
            "x-mcp-servername",
            "x-mcp-toolname",
            "x-mcp-promptname",
            "x-mcp-resourceuri",
            "x-mcp-annotation-hints",
            "x-mcp-client-features",
            "x-mcp-upstream-authorization",
            "x-mcp-caller",
            "router-key");

    private static final String DENIES_PROMPTS = """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: no-prompts, namespace: gateway-system}
            spec:
              targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: mcp-gateway}]
              action: DENY
              rules:
              - to:
                - operation: {hosts: ["mcp.127-0-0-1.sslip.io"]}
                when:
                - {key: "request.headers[x-mcp-method]", values: ["prompts/list"]}
                - {key: "request.headers[x-mcp-servername]", values: [mcpBroker]}
            """;

    @Test
    @Order(1)
    @DisplayName("Isolation: a registered backend's host cannot be called from outside")
    void registeredHostIsClosed() throws IOException {
        byte[] list = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}".getBytes(StandardCharsets.UTF_8);
        byte[] initialize = McpClient.INITIALIZE.getBytes(StandardCharsets.UTF_8);

        Reply refused = post("server1.mcp.local", list);
        Reply pinned = post("server1.mcp.local", initialize);

        assertThat(refused.status()).isBetween(400, 499);
        assertThat(refused.body()).doesNotContain("greet");
        // The gateway answers instead of the server: the session is its own.
        assertThat(pinned.json().at("/result/serverInfo/name").asText())
                .isEqualTo(post(Installation.PUBLIC_HOST, initialize)
                        .json()
                        .at("/result/serverInfo/name")
                        .asText())
                .doesNotContainIgnoringCase("server1");
    }

    @Test
    @Order(2)
    @DisplayName("Isolation: another application on the port answers while the broker is down, 20 MB uploads too")
    void otherApplicationNeedsNoBroker() throws IOException {
        int port = installation().port(Installation.GATEWAY);
        afterwards(() -> {
            scale(Installation.BROKER, 1);
            awaitReplicas(Installation.BROKER, 1);
            installation().awaitTools(installation().url(), "all again", tools -> tools.contains("test2_time"));
        });
        scale(Installation.BROKER, 0);
        awaitReplicas(Installation.BROKER, 0);
        kubectl().awaitReady(Installation.EXTENSION, "not ready", condition -> !condition.isTrue());

        assertThat(post("other.apps.local", "{}".getBytes(StandardCharsets.UTF_8))
                        .body())
                .contains("\"host\":\"other.apps.local\"");
        for (String header : HEADERS_OF_THE_ROUTER) {
            assertThat(post("other.apps.local", "{}".getBytes(StandardCharsets.UTF_8), header + ": a"))
                    .as("another application, to which a client sends %s", header)
                    .satisfies(reply -> assertThat(reply.status()).isEqualTo(200))
                    .satisfies(reply -> assertThat(reply.body()).contains("\"host\":\"other.apps.local\""));
        }
        assertThat(upload(port)).contains("200");
        assertThat(post(Installation.PUBLIC_HOST, McpClient.INITIALIZE.getBytes(StandardCharsets.UTF_8))
                        .status())
                .as("/mcp without a broker")
                .isGreaterThanOrEqualTo(500);
        assertThat(post("server1.mcp.local", McpClient.INITIALIZE.getBytes(StandardCharsets.UTF_8))
                        .status())
                .as("a backend's host without a broker")
                .isGreaterThanOrEqualTo(500);
    }

    /** With the host as it is, Envoy does not ask the router; with a port, it does. */
    @Test
    @Order(3)
    @DisplayName("Isolation: a policy judges requests about which the router is not asked by the same headers")
    void policiesJudgeWithoutTheRouterToo() throws IOException {
        List<String> hosts = List.of(Installation.PUBLIC_HOST, Installation.PUBLIC_HOST + ":80");
        for (String host : hosts) {
            assertThat(modern(host, "prompts/list").status()).as(host).isEqualTo(200);
        }
        apply(DENIES_PROMPTS);
        for (String host : hosts) {
            kubectl()
                    .await(
                            Installation.GATEWAY,
                            "403 for prompts/list at " + host,
                            () -> prompts(host),
                            status -> status == 403);
        }

        assertThat(modern(hosts.getFirst(), "tools/list").status()).isEqualTo(200);
        assertThat(modern(hosts.getFirst(), "tools/list").body())
                .isEqualTo(modern(hosts.getLast(), "tools/list").body());
        assertThat(modern(hosts.getFirst(), "prompts/list", "x-mcp-method: tools/list")
                        .status())
                .isEqualTo(403);
        // What the broker answers is what the policy was told.
        Reply contradiction = post(
                Installation.PUBLIC_HOST,
                ModernClient.body("1", "prompts/list", "").getBytes(StandardCharsets.UTF_8),
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/list");
        assertThat(contradiction.status()).isEqualTo(400);
        assertThat(contradiction.json().has("result")).isFalse();
    }

    private int prompts(String host) {
        try {
            return modern(host, "prompts/list").status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply modern(String host, String method, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: " + method));
        lines.addAll(List.of(headers));
        return post(
                host,
                ModernClient.body("1", method, "").getBytes(StandardCharsets.UTF_8),
                lines.toArray(String[]::new));
    }

    private String upload(int port) {
        return Command.run(
                        List.of(
                                "curl",
                                "-sS",
                                "-o",
                                "/dev/null",
                                "-w",
                                "%{http_code} %{size_upload}",
                                "--data-binary",
                                "@-",
                                "-H",
                                "Host: other.apps.local",
                                "http://127.0.0.1:" + port + "/upload"),
                        "x".repeat(LARGE))
                .orFail();
    }

    private Reply post(String host, byte[] body, String... headerLines) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "Host: " + host, "Content-Type: application/json", "Accept: application/json, text/event-stream"));
        lines.addAll(List.of(headerLines));
        return RawHttp.post(installation().port(Installation.GATEWAY), lines, body);
    }
}
