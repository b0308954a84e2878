package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ListingBackend;
import io.mcpgateway.e2e.fixture.OddDefinitions;
import io.mcpgateway.e2e.fixture.OfficialClient;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One server lists definitions that are odd in every way; every official client still reads all good ones. */
abstract class OddDefinitionsContract extends WithGateway {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, OddDefinitions.OddList> LISTS = OddDefinitions.lists();
    private static final Map<String, String> METHODS = Map.of(
            "tools",
            "tools/list",
            "prompts",
            "prompts/list",
            "resources",
            "resources/list",
            "resourceTemplates",
            "resources/templates/list");

    OddDefinitionsContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        RecordingBackend other = keep(RecordingBackend.start("echo"));
        ListingBackend odd = keep(ListingBackend.start(Map.of(
                "tools/list", list("tools"),
                "prompts/list", list("prompts"),
                "resources/list", list("resources"),
                "resources/templates/list", list("resourceTemplates"))));
        TestGateway gateway = keep(TestGateway.start(
                front, List.of(ServerEntry.of("other", other.url()), ServerEntry.of("odd", odd.url()))));
        gateway.awaitTools("both servers", names -> names.contains("other_echo") && names.contains("odd_good0"));
        return gateway;
    }

    @ParameterizedTest
    @EnumSource
    void everyOfficialClientReadsEverythingThatIsListed(OfficialClient client) throws IOException {
        Map<String, List<String>> read = client.lists(gateway().url());
        for (Map.Entry<String, OddDefinitions.OddList> list : LISTS.entrySet()) {
            boolean prefixed = list.getKey().equals("tools") || list.getKey().equals("prompts");
            List<String> good = list.getValue().good().stream()
                    .map(key -> prefixed ? "odd_" + key : key)
                    .toList();
            assertThat(read.get(list.getKey()))
                    .as(client + " " + list.getKey())
                    .containsAll(good)
                    .containsExactlyElementsOf(listed(list.getKey()));
        }
        assertThat(read.get("tools")).contains("other_echo");
    }

    @Test
    void whatIsLeftOutIsCountedAndNamedAndBounded() throws IOException {
        JsonNode odd = status();
        int all = LISTS.values().stream().mapToInt(OddDefinitions.OddList::all).sum();
        int served = odd.path("totalTools").asInt()
                + odd.path("totalPrompts").asInt()
                + odd.path("totalResources").asInt()
                + odd.path("totalResourceTemplates").asInt();
        assertThat(odd.path("totalInvalid").asInt()).isGreaterThan(500).isEqualTo(all - served);
        assertThat(odd.path("totalMended").asInt()).isGreaterThan(100);
        assertThat(odd.path("invalidToolList")).hasSize(50);
        assertThat(odd.path("invalidDefinitionList")).hasSize(50);
        assertThat(odd.path("mendedDefinitionList")).hasSize(50);
        assertThat(odd.path("message").asText()).hasSizeLessThan(4000);
        assertThat(odd.path("ready").asBoolean()).isTrue();
    }

    private JsonNode status() throws IOException {
        try (InputStream in = gateway().broker("/status/demo/odd").toURL().openStream()) {
            return JSON.readTree(in);
        }
    }

    private List<String> listed(String kind) throws IOException {
        String key = kind.equals("resources") ? "uri" : kind.equals("resourceTemplates") ? "uriTemplate" : "name";
        List<String> keys = new ArrayList<>();
        try (McpClient client = gateway().connect()) {
            String params = "{}";
            do {
                JsonNode result = client.post(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + METHODS.get(kind) + "\",\"params\":"
                                        + params + "}",
                                Map.of())
                        .json()
                        .path("result");
                result.path(kind).forEach(item -> keys.add(item.path(key).asText()));
                params = result.has("nextCursor") ? "{\"cursor\":" + result.get("nextCursor") + "}" : "";
            } while (!params.isEmpty());
        }
        return keys;
    }

    private static String list(String kind) {
        return Objects.requireNonNull(LISTS.get(kind)).result();
    }
}
