package io.mcpgateway.broker.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaContextTest {
    private static final Map<String, String> CONTEXT = Map.of("traceparent", "00-1-2-01");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"params\":{\"name\":\"a\", \"f\": 1.0}}"
                        + "|{\"params\":{\"_meta\":{\"traceparent\":\"00-1-2-01\"},\"name\":\"a\", \"f\": 1.0}}",
                "{\"params\":{}}|{\"params\":{\"_meta\":{\"traceparent\":\"00-1-2-01\"}}}",
                "{\"params\":{\"_meta\":{}}}|{\"params\":{\"_meta\":{\"traceparent\":\"00-1-2-01\"}}}",
                "{\"params\":{\"_meta\":{\"k\": 1.0 }}}|{\"params\":{\"_meta\":{\"traceparent\":\"00-1-2-01\",\"k\": 1.0 }}}",
                "{\"method\":\"m\",\"params\":{\"a\":[{}],\"_meta\":{\"tracestate\":\"x\",\"k\":1,\"traceparent\":7}},\"id\":1}"
                        + "|{\"method\":\"m\",\"params\":{\"a\":[{}],\"_meta\":{\"traceparent\":\"00-1-2-01\",\"k\":1}},\"id\":1}",
            })
    void aContextIsWrittenAndNothingElseChanged(String before, String after) {
        assertThat(MetaContext.write(RawJson.of(before), CONTEXT)).hasToString(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"notifications/initialized\"}",
                "{\"params\":[1]}",
                "{\"params\":{\"_meta\":7}}",
                "not JSON",
            })
    void whereItHasNoPlaceTheMessageStaysAsItIs(String message) {
        RawJson body = RawJson.of(message);

        assertThat(MetaContext.write(body, CONTEXT)).isSameAs(body);
    }

    @Test
    void onlyTextsAreRead() {
        assertThat(SpanScan.of(RawJson.of("{\"params\":{\"arguments\":{\"_meta\":{\"traceparent\":\"no\"}},"
                        + "\"_meta\":{\"traceparent\":\"a\",\"tracestate\":[\"b\"],\"c\":\"d\"}}}")))
                .get()
                .returns(Map.of("traceparent", "a"), SpanScan::context)
                .returns(true, SpanScan::hasContext);
        assertThat(SpanScan.of(RawJson.of("["))).isEmpty();
    }

    @Test
    void whatIsWrittenIsQuoted() {
        RawJson written = MetaContext.write(RawJson.of("{\"params\":{}}"), Map.of("tracestate", "a=\"b\\"));

        assertThat(SpanScan.of(written).orElseThrow().context()).isEqualTo(Map.of("tracestate", "a=\"b\\"));
    }
}
