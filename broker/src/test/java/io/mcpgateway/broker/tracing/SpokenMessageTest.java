package io.mcpgateway.broker.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpokenMessageTest {
    private static final Map<String, Object> HTTP = Map.of("network.transport", "tcp", "network.protocol.name", "http");

    @Test
    void aCallSaysItsToolAndNeverItsArguments() {
        SpokenMessage call = read("\"id\":\"a-1\",\"method\":\"tools/call\","
                + "\"params\":{\"name\":\"p_greet\",\"arguments\":{\"x\":\"secret\"}}");

        assertThat(call.spanName(true)).isEqualTo("tools/call p_greet");
        assertThat(call.spanName(false)).isEqualTo("tools/call");
        assertThat(attributes(call))
                .containsAllEntriesOf(HTTP)
                .containsEntry("gen_ai.tool.name", "p_greet")
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("jsonrpc.request.id", "a-1")
                .hasSize(5);
        assertThat(call.to(Optional.of("greet"), Optional.of("2026-07-28")).spanName(true))
                .isEqualTo("tools/call greet");
    }

    @Test
    void aResourceIsNoPartOfTheNameAndShowsNothingSecret() {
        SpokenMessage read =
                read("\"id\":7,\"method\":\"resources/read\",\"params\":{\"uri\":\"db://u:pw@host/t?key=1#f\"}");

        assertThat(read.spanName(true)).isEqualTo("resources/read");
        assertThat(attributes(read))
                .containsEntry("mcp.resource.uri", "db://host/t")
                .containsEntry("jsonrpc.request.id", "7");
    }

    @Test
    void aPromptHasItsOwnAttribute() {
        SpokenMessage prompt = read("\"id\":1,\"method\":\"prompts/get\",\"params\":{\"name\":\"hello\"}");

        assertThat(prompt.spanName(true)).isEqualTo("prompts/get hello");
        assertThat(attributes(prompt))
                .containsEntry("gen_ai.prompt.name", "hello")
                .doesNotContainKey("gen_ai.tool.name");
    }

    @Test
    void anUnknownMethodIsNotRepeated() {
        SpokenMessage unknown = read("\"method\":\"made/up\",\"params\":{\"name\":\"x\"}");

        assertThat(unknown.spanName(true)).isEqualTo("_OTHER");
        assertThat(unknown.methodName()).isEqualTo("_OTHER");
        assertThat(attributes(unknown)).isEqualTo(HTTP);
    }

    @Test
    void textsAreCut() {
        SpokenMessage call = read("\"id\":\"" + "i".repeat(1000)
                + "\",\"method\":\"tools/call\",\"params\":{\"name\":\"" + "n".repeat(1000) + "\"}");

        assertThat(attributes(call).values())
                .allSatisfy(value -> assertThat(value.toString().length()).isLessThanOrEqualTo(257));
    }

    @Test
    void repliesAndWhatIsNoMessageHaveNoSpan() {
        assertThat(SpokenMessage.of(RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")))
                .isEmpty();
        assertThat(SpokenMessage.of(RawJson.of("[]"))).isEmpty();
    }

    private static SpokenMessage read(String members) {
        return SpokenMessage.of(RawJson.of("{\"jsonrpc\":\"2.0\"," + members + "}"))
                .orElseThrow();
    }

    private static Map<String, Object> attributes(SpokenMessage message) {
        return message.attributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(entry -> ((AttributeKey<?>) entry.getKey()).getKey(), Map.Entry::getValue));
    }
}
