package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.fixture.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Ten virtual servers by path and two by host under one Gateway. */
@BedTest
@Portable
@Order(18)
class UrlTest extends ClusterScenario {
    private static final String GREET = "[test1_greet]";
    private static final String TIME = "[test2_time]";
    private static final Duration LIVE_LIMIT = Duration.ofSeconds(2);

    @Test
    @Order(1)
    @DisplayName("URLs: ten virtual servers by path, two by host; a change is live in 2 s; nothing changes in Envoy")
    void virtualServersHaveUrls() throws IOException {
        String listeners = listeners();
        String[] virtualServers = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> Yaml.virtualServer("url-" + number, number % 2 == 0 ? GREET : TIME))
                .toArray(String[]::new);
        apply(String.join("---\n", virtualServers));
        for (int number = 1; number <= 10; number++) {
            String name = "url-" + number;
            kubectl().awaitReady(virtualServer(name));
            assertThat(kubectl().field(virtualServer(name), "{.status.url}"))
                    .isEqualTo("http://" + installation().url().getHost() + ":8080/mcp/mcp-test/" + name);
            assertThat(Installation.tools(at("/mcp/mcp-test/" + name)))
                    .containsExactly(number % 2 == 0 ? "test1_greet" : "test2_time");
        }
        try (McpClient client = McpClient.connect(at("/mcp/mcp-test/url-2"))) {
            assertThat(client.call("test1_greet", "{\"name\":\"e2e\"}").text()).isEqualTo("Hi e2e");
            assertThat(client.call("test2_time", "{}").json().has("error")).isTrue();
        }

        Instant changed = Instant.now();
        apply(Yaml.virtualServer("url-new", GREET) + "  path: /mcp/url-new\n");
        awaitLive("/mcp/url-new", changed);

        assertThat(listeners()).isEqualTo(listeners);

        apply(
                Yaml.virtualServer("url-host-1", GREET) + "  hostname: url-one.mcp.local\n",
                Yaml.virtualServer("url-host-2", TIME) + "  hostname: url-two.mcp.local\n");
        kubectl().awaitReady(virtualServer("url-host-1"));
        kubectl().awaitReady(virtualServer("url-host-2"));
        assertThat(kubectl().field(virtualServer("url-host-1"), "{.status.url}"))
                .isEqualTo("http://url-one.mcp.local:8080/mcp");
        assertThat(listed("url-one.mcp.local", "/mcp")).contains("test1_greet").doesNotContain("test2_");
        assertThat(listed("url-two.mcp.local", "/mcp")).contains("test2_time").doesNotContain("test1_");
        assertThat(listed("url-two.mcp.local", "/mcp/mcp-test/url-1")).contains("unknown path");
        assertThat(listeners()).isEqualTo(listeners);
    }

    @Test
    @Order(2)
    @DisplayName("URLs: a path, a host and a host outside the listener are refused, and the URL of the name works")
    void conflictsAreTold() throws IOException {
        apply(Yaml.virtualServer("url-elder", GREET) + "  path: /mcp/url-same\n");
        kubectl().awaitReady(virtualServer("url-elder"));
        awaitLaterSecond(virtualServer("url-elder"));
        apply(
                Yaml.virtualServer("url-a", TIME) + "  path: /mcp/url-same\n",
                Yaml.virtualServer("url-b", TIME) + "  hostname: server1.mcp.local\n",
                Yaml.virtualServer("url-c", TIME) + "  hostname: url.example.com\n");

        kubectl().awaitNotReady(virtualServer("url-a"), "PathTaken", "MCPVirtualServer mcp-test/url-elder", "is older");
        kubectl().awaitNotReady(virtualServer("url-b"), "HostnameTaken", "is that of HTTPRoute mcp-test/server1");
        kubectl().awaitNotReady(virtualServer("url-c"), "HostnameNotAdmitted", "no gateway's listener takes it");
        assertThat(Installation.tools(at("/mcp/url-same"))).containsExactly("test1_greet");
        assertThat(Installation.tools(at("/mcp/mcp-test/url-a"))).containsExactly("test2_time");

        kubectl().run("delete", "mcpvirtualserver", "url-elder", "-n", "mcp-test", "--timeout=60s");

        kubectl().awaitReady(virtualServer("url-a"));
        assertThat(Installation.tools(at("/mcp/url-same"))).containsExactly("test2_time");
    }

    @Test
    @Order(3)
    @DisplayName("URLs: a server alone has its own names, and its status tells where")
    void serverAloneHasItsOwnNames() throws IOException {
        assertThat(kubectl().field(Subject.registration("server1"), "{.status.url}"))
                .endsWith("/mcp/servers/mcp-test/server1");
        try (McpClient client = McpClient.connect(at("/mcp/servers/mcp-test/server1"))) {
            assertThat(client.toolNames()).contains("greet").noneMatch(tool -> tool.startsWith("test1_"));
            assertThat(client.call("greet", "{\"name\":\"e2e\"}").text()).isEqualTo("Hi e2e");
        }
    }

    private void awaitLive(String path, Instant changed) throws IOException {
        try (McpClient client = McpClient.of(at(path))) {
            kubectl().await(Installation.EXTENSION, path + " to be served", () -> initialize(client), "200"::equals);
        }
        assertThat(Duration.between(changed, Instant.now())).isLessThan(LIVE_LIMIT);
    }

    private static String initialize(McpClient client) {
        try {
            return Integer.toString(client.post(McpClient.INITIALIZE, Map.of()).status());
        } catch (IOException refused) {
            return refused.toString();
        }
    }

    private void awaitLaterSecond(Subject object) {
        Instant created = Instant.parse(kubectl().field(object, "{.metadata.creationTimestamp}"));
        kubectl().await(object, "a later second", Instant::now, now -> now.isAfter(created.plusSeconds(1)));
    }

    /** What a modern client gets for tools/list at a host. */
    private String listed(String host, String path) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":{"
                + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"e2e\",\"version\":\"1\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Reply reply = RawHttp.exchange(
                installation().url().getPort(),
                "POST " + path + " HTTP/1.1",
                List.of(
                        "Host: " + host,
                        "Content-Type: application/json",
                        "Accept: application/json, text/event-stream",
                        "MCP-Protocol-Version: 2026-07-28",
                        "Mcp-Method: tools/list",
                        "Content-Length: " + bytes.length),
                bytes);
        return reply.body();
    }

    /** The filters that Envoy runs, to see whether they change. */
    private String listeners() {
        return kubectl()
                .field(
                        Subject.of("envoyfilter", "gateway-system", "mcp-ext-proc-mcp-system-gateway"),
                        "{.metadata.generation}");
    }

    private URI at(String path) {
        return installation().url().resolve(path);
    }

    private static Subject virtualServer(String name) {
        return Subject.of("mcpvirtualserver", "mcp-test", name);
    }
}
