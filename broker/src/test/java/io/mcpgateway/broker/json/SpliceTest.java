package io.mcpgateway.broker.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.JsonRpcText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpliceTest {
    @Test
    void everyOtherByteStaysAsItCame() {
        RawJson body = RawJson.of(
                "{\"id\":\"abc-1\",\"params\":{\"arguments\":{\"big\":12345678901234567890,\"f\":1.0,"
                        + "\"h\":\"<a&b>\"},\"name\":\"p1_alpha\"},\"extra\":true,\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}");
        TextSpan name = ((Request) JsonRpcParser.parse(body)).params().name().orElseThrow();

        assertThat(name.replacedBy("alpha").applyTo(body))
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
        assertThat(new TextSpan("x", 1, 4).replacedBy(value).applyTo(RawJson.of("[\"x\"]")))
                .hasToString("[" + json + "]");
    }

    @Test
    void halfASurrogatePairIsEscaped() {
        assertThat(JsonText.quote("a\ud83d")).isEqualTo("\"a\\ud83d\"");
        assertThat(JsonText.quote("\ude00b")).isEqualTo("\"\\ude00b\"");
    }

    @Test
    void changesAreMadeInWhateverOrderTheyCome() {
        RawJson body = RawJson.of("{\"a\":1,\"b\":2}");
        Splice one = new Splice(5, 6, "111");
        Splice two = new Splice(11, 12, "");

        assertThat(Splice.all(List.of(two, one), body)).hasToString("{\"a\":111,\"b\":}");
        assertThat(Splice.all(List.of(one, two), body)).hasToString("{\"a\":111,\"b\":}");
        assertThat(Splice.all(List.of(two), body)).hasToString("{\"a\":1,\"b\":}");
    }

    @Test
    void aSpanOfAnotherBodyIsAProgrammingError() {
        assertThatThrownBy(() -> new TextSpan("x", 1, 4).replacedBy("y").applyTo(RawJson.of("\"\"")))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void repliesCarryTheIdAsItCame() {
        assertThat(JsonRpcText.error(new JsonRpcId("1.0"), new JsonRpcError(-32602, "no \"x\"\n")))
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":1.0,\"error\":{\"code\":-32602,\"message\":\"no"
                        + " \\\"x\\\"\\u000a\"}}");
        assertThat(JsonRpcText.result(new JsonRpcId("\"ä\""), RawJson.of("{\"a\":1e3}")))
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"ä\",\"result\":{\"a\":1e3}}");
    }
}
