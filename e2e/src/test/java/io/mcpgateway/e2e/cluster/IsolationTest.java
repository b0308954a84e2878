package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.RawHttp;
import java.io.IOException;
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
