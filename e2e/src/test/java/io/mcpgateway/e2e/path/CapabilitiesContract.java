package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prompts, resources and completion, with two servers that have the same ones. Lists have pages of two. */
abstract class CapabilitiesContract extends WithGateway {
    private McpClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    CapabilitiesContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        RecordingBackend toolsOnly = keep(RecordingBackend.start("echo"));
        TestGateway gateway = keep(TestGateway.start(
                front,
                List.of(
                        ServerEntry.of("one", sample()),
                        ServerEntry.of("two", sample()),
                        ServerEntry.of("tools", toolsOnly.url())),
                "--list-page-size=2"));
        try (McpClient early = gateway.connect()) {
            await("both servers' prompts")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> all(early, "prompts/list", "prompts", "name").size() == 2);
        }
        client = keep(gateway.connect());
        return gateway;
    }

    private URI sample() throws IOException {
        return keep(SampleServer.start(SampleOptions.local(SampleKind.SERVER1))).url();
    }

    @Test
    void initializeDeclaresWhatTheServersHave() throws IOException {
        JsonNode capabilities;
        try (McpClient fresh = McpClient.of(gateway().url())) {
            capabilities =
                    fresh.post(McpClient.initialize("test"), Map.of()).json().at("/result/capabilities");
        }

        assertThat(capabilities.at("/prompts/listChanged").asBoolean()).isTrue();
        assertThat(capabilities.at("/resources/subscribe").asBoolean()).isTrue();
        assertThat(capabilities.has("completions")).isTrue();
    }

    @Test
    void initializeCarriesWhatTheServersSayAboutTheirUse() throws IOException {
        try (McpClient fresh = McpClient.of(gateway().url())) {
            assertThat(fresh.post(McpClient.initialize("test"), Map.of())
                            .json()
                            .at("/result/instructions")
                            .asText())
                    .contains(
                            "(names of its tools and prompts start with \"one_\"):\n> Greet people by their first name.\n")
                    .contains(
                            "(names of its tools and prompts start with \"two_\"):\n> Greet people by their first name.\n")
                    .doesNotContain("tools_");
        }
    }

    @Test
    void promptsHaveTheirServersPrefixAndReachIt() throws IOException {
        assertThat(all(client, "prompts/list", "prompts", "name")).containsExactly("one_greet", "two_greet");

        JsonNode result = result("prompts/get", "{\"name\":\"two_greet\",\"arguments\":{\"name\":\"Ann\"}}");
        assertThat(result.at("/messages/0/content/text").asText()).isEqualTo("Greet Ann");
        assertThat(error("prompts/get", "{\"name\":\"greet\"}").path("code").asInt())
                .isEqualTo(-32602);
    }

    @Test
    void resourcesAreReadUnderTheUriThatTheirServerGaveThem() throws IOException {
        assertThat(all(client, "resources/list", "resources", "uri")).containsExactly("sample://notes");

        JsonNode result = result("resources/read", "{\"uri\":\"sample://notes\"}");
        assertThat(result.at("/contents/0/text").asText()).isEqualTo("Buy milk");
        assertThat(result.at("/contents/0/uri").asText()).isEqualTo("sample://notes");
    }

    @Test
    void whatNobodyListsIsReadThroughTheTemplateThatDescribesIt() throws IOException {
        assertThat(all(client, "resources/templates/list", "resourceTemplates", "uriTemplate"))
                .containsExactly("sample://users/{name}");

        assertThat(result("resources/read", "{\"uri\":\"sample://users/bob\"}")
                        .at("/contents/0/text")
                        .asText())
                .isEqualTo("User of sample://users/bob");
    }

    @Test
    void anUnknownResourceIsTheErrorThatMcpNames() throws IOException {
        JsonNode error = error("resources/read", "{\"uri\":\"nobody://x\"}");

        assertThat(error.path("code").asInt()).isEqualTo(-32002);
        assertThat(error.at("/data/uri").asText()).isEqualTo("nobody://x");
    }

    @Test
    void subscriptionsReachTheServer() throws IOException {
        assertThat(result("resources/subscribe", "{\"uri\":\"sample://notes\"}").isObject())
                .isTrue();
        assertThat(result("resources/unsubscribe", "{\"uri\":\"sample://notes\"}")
                        .isObject())
                .isTrue();
    }

    @Test
    void completionsComeFromTheServerOfThePromptOrTemplate() throws IOException {
        String argument = ",\"argument\":{\"name\":\"name\",\"value\":\"al\"}}";
        String prompt = "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"two_greet\"}" + argument;
        String template = "{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"sample://users/{name}\"}" + argument;

        for (String params : List.of(prompt, template)) {
            assertThat(result("completion/complete", params).at("/completion/values"))
                    .extracting(JsonNode::asText)
                    .containsExactly("alice", "albert");
        }
    }

    @Test
    void pagesTogetherAreTheWholeListAndAForeignCursorIsRefused() throws IOException {
        assertThat(all(client, "tools/list", "tools", "name"))
                .isSorted()
                .contains("one_greet", "two_time", "tools_echo")
                .doesNotHaveDuplicates();
        assertThat(error("tools/list", "{\"cursor\":\"x\"}").path("code").asInt())
                .isEqualTo(-32602);
    }

    @Test
    void theStatusCountsEachKindAndNamesTheClash() throws IOException {
        JsonNode servers;
        try (McpClient browser = McpClient.of(gateway().broker("/status"))) {
            servers = browser.send("GET", Map.of()).json().path("servers");
        }
        JsonNode one = servers.get(0);
        JsonNode two = servers.get(1);

        assertThat(one.path("totalPrompts").asInt()).isEqualTo(1);
        assertThat(one.path("totalResources").asInt()).isEqualTo(1);
        assertThat(one.path("totalResourceTemplates").asInt()).isEqualTo(1);
        assertThat(two.path("totalResources").asInt()).isZero();
        assertThat(two.path("ready").asBoolean()).isTrue();
        assertThat(two.path("conflicts"))
                .extracting(conflict -> conflict.path("kind").asText() + " "
                        + conflict.path("name").asText())
                .containsExactly("resource sample://notes", "resource template sample://users/{name}");
    }

    /** Every page, one after the other. */
    private static List<String> all(McpClient client, String method, String member, String key) throws IOException {
        List<String> keys = new ArrayList<>();
        String params = "{}";
        while (true) {
            JsonNode result =
                    client.post(request(method, params), Map.of()).json().path("result");
            assertThat(result.path(member).size()).as(result.toString()).isLessThanOrEqualTo(2);
            result.path(member).forEach(item -> keys.add(item.path(key).asText()));
            if (!result.has("nextCursor")) {
                return keys;
            }
            params = "{\"cursor\":" + result.path("nextCursor") + "}";
        }
    }

    private JsonNode result(String method, String params) throws IOException {
        Reply reply = client.post(request(method, params), Map.of());
        assertThat(reply.json().has("result")).as(reply.toString()).isTrue();
        return reply.json().path("result");
    }

    private JsonNode error(String method, String params) throws IOException {
        Reply reply = client.post(request(method, params), Map.of());
        assertThat(reply.json().has("error")).as(reply.toString()).isTrue();
        assertThat(reply.json().path("id").asInt()).isEqualTo(7);
        return reply.json().path("error");
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }
}
