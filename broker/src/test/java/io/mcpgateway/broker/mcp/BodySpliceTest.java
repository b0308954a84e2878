package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodySpliceTest {
    @Test
    void everyOtherByteStaysAsItCame() {
        RawJson body = RawJson.of(
                "{\"id\":\"abc-1\",\"params\":{\"arguments\":{\"big\":12345678901234567890,\"f\":1.0,"
                        + "\"h\":\"<a&b>\"},\"name\":\"p1_alpha\"},\"extra\":true,\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}");
        TextSpan name = ((Request) JsonRpcParser.parse(body)).params().name().orElseThrow();

        assertThat(BodySplice.replace(body, name, "alpha"))
                .hasToString(
                        "{\"id\":\"abc-1\",\"params\":{\"arguments\":{\"big\":12345678901234567890,\"f\":1.0,"
                                + "\"h\":\"<a&b>\"},\"name\":\"alpha\"},\"extra\":true,\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"a\"b|\"a\\\"b\"", "a\\b|\"a\\\\b\"", "日本|\"日本\"", "`a\nb`|\"a\\u000ab\"", "``|\"\"", "😀|\"😀\""})
    void theNewValueIsWrittenAsJson(String value, String json) {
        assertThat(BodySplice.replace(RawJson.of("[\"x\"]"), new TextSpan("x", 1, 4), value))
                .hasToString("[" + json + "]");
    }

    @Test
    void halfASurrogatePairIsEscaped() {
        assertThat(JsonText.quote("a\ud83d")).isEqualTo("\"a\\ud83d\"");
        assertThat(JsonText.quote("\ude00b")).isEqualTo("\"\\ude00b\"");
    }

    @Test
    void aSpanOfAnotherBodyIsAProgrammingError() {
        assertThatThrownBy(() -> BodySplice.replace(RawJson.of("[1,2]"), new TextSpan("x", 1, 4), "y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BodySplice.replace(RawJson.of("\"\""), new TextSpan("x", 1, 4), "y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void repliesCarryTheIdAsItCame() {
        assertThat(JsonRpcReplies.error(new JsonRpcId("1.0"), new JsonRpcError(-32602, "no \"x\"\n")))
                .hasToString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1.0,\"error\":{\"code\":-32602,\"message\":\"no \\\"x\\\"\\u000a\"}}");
        assertThat(JsonRpcReplies.result(new JsonRpcId("\"ä\""), RawJson.of("{\"a\":1e3}")))
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"ä\",\"result\":{\"a\":1e3}}");
    }
}
