package io.mcpgateway.api.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAnswersTest {
    private static final Scope.Hosts HOSTS =
            new Scope.Hosts("mcp.example.com", List.of("one.example.com"), List.of("*.mcp.local"));

    @Test
    void onASharedListenerEachAnswerIsForRequestsOfOursOnly() {
        JsonNode mappers = LocalAnswers.config(HOSTS).path("mappers");

        assertThat(mappers)
                .hasSizeGreaterThan(3)
                .allSatisfy(mapper -> assertThat(mapper.path("filter")
                                .path("and_filter")
                                .path("filters")
                                .findValuesAsText("name"))
                        .containsAnyOf("x-mcp-servername", ":authority"));
    }

    @Test
    void eachAnswerIsAJsonRpcErrorWithoutAnId() throws Exception {
        for (Scope scope : List.of(HOSTS, new Scope.Everything("mcp.example.com"))) {
            for (JsonNode mapper : LocalAnswers.config(scope).path("mappers")) {
                JsonNode body = new ObjectMapper()
                        .readTree(mapper.at("/body_format_override/text_format_source/inline_string")
                                .asText()
                                .replaceAll("%REQ\\([a-z-]+\\)%", "team/one"));
                assertThat(body.path("jsonrpc").asText()).isEqualTo("2.0");
                assertThat(body.at("/error/code").asInt()).isNegative();
                assertThat(body.at("/error/message").asText()).isNotBlank();
                assertThat(body.has("id")).isFalse();
            }
        }
    }

    @Test
    void nothingElseOfTheConnectionManagerIsMerged() {
        JsonNode manager = LocalAnswers.patch(HOSTS).path("typed_config");

        assertThat(manager.properties())
                .extracting(member -> member.getKey())
                .containsExactlyInAnyOrder("@type", "local_reply_config");
        assertThat(manager.path("local_reply_config").properties())
                .extracting(member -> member.getKey())
                .containsExactly("mappers");
    }
}
