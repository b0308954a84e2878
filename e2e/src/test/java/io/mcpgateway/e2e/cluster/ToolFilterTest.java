package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.fixture.SignedToolFilter;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** An authorization layer's signed header, with a key pair that the controller generated. */
@BedTest
@Portable
@Order(11)
class ToolFilterTest extends ClusterScenario {
    private static final String TEAM = "team-filter";
    private static final String HOST = "filter.127-0-0-1.sslip.io";
    /** One more listener of the Gateway. */
    private static final String SERVERS =
            "  - {name: servers, hostname: '*.filter.local', port: 8080, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}";

    private static final String HEADER = "x-authorized-tools";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";

    @Test
    @DisplayName("E10 tool filter: the signed header shows one tool and allows one; a forged one shows none")
    void signedHeaderNarrowsListsAndCalls() throws IOException {
        URI url = install();
        SignedToolFilter signer = SignedToolFilter.withKey(secret("trusted-private"));
        Map<String, String> one = Map.of(HEADER, signer.only("mcp-test/filter", "hello_world"));
        Map<String, String> forged =
                Map.of(HEADER, SignedToolFilter.withFreshKey().only("mcp-test/filter", "hello_world"));

        try (McpClient client = McpClient.connect(url)) {
            assertThat(client.toolNames()).as("without the header").hasSizeGreaterThan(1);
            assertThat(names(client.post(LIST, one))).containsExactly("filter_hello_world");
            // Envoy may hear of the route a moment before it hears of the filter.
            kubectl()
                    .await(
                            Subject.extension(TEAM, "filter"),
                            "a call that is allowed",
                            () -> answer(client, one),
                            "Hello, e2e!"::equals);
            assertThat(isRefused(call(client, "filter_time", one)))
                    .as("a tool that is not allowed")
                    .isTrue();

            assertThat(names(client.post(LIST, forged)))
                    .as("signed by somebody else")
                    .isEmpty();
            assertThat(isRefused(call(client, "filter_hello_world", forged))).isTrue();
        }
    }

    private URI install() {
        apply(Yaml.namespace(TEAM), Yaml.gateway(TEAM, "filter", HOST) + SERVERS);
        apply(Yaml.route("filter", "server.filter.local", "server2")
                .replace("name: mcp-gateway, namespace: gateway-system", "name: filter, namespace: " + TEAM));
        apply(
                Yaml.extension(
                        TEAM,
                        "filter",
                        "{name: filter, sectionName: mcp}",
                        "trustedHeadersKey: {secretName: trusted, generate: Enabled}"),
                Yaml.registration("filter", "filter_", "filter"));
        kubectl().awaitReady(Subject.extension(TEAM, "filter"));
        kubectl().awaitReady(Subject.registration("filter"));
        URI url = URI.create(
                "http://" + HOST + ":" + installation().port(Subject.of("gateway", TEAM, "filter")) + "/mcp");
        installation().awaitTools(url, "its tools", tools -> tools.contains("filter_time"));
        return url;
    }

    private String secret(String name) {
        return new String(
                Base64.getDecoder().decode(kubectl().field(Subject.of("secret", TEAM, name), "{.data.key}")),
                java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static Reply call(McpClient client, String tool, Map<String, String> headers) throws IOException {
        return client.post(McpClient.callBody("9", tool, "{\"name\":\"e2e\"}"), headers);
    }

    private static String answer(McpClient client, Map<String, String> headers) {
        try {
            return call(client, "filter_hello_world", headers).text();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> names(Reply reply) {
        JsonNode tools = reply.json().at("/result/tools");
        assertThat(tools.isArray()).as(reply.toString()).isTrue();
        return StreamSupport.stream(tools.spliterator(), false)
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    private static boolean isRefused(Reply reply) {
        return reply.json().has("error") || reply.json().at("/result/isError").asBoolean();
    }
}
