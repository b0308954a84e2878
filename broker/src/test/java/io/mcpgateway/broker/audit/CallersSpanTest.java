package io.mcpgateway.broker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallersSpanTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({
        "00-T-00f067aa0ba902b7-01, T",
        "00-T-00f067aa0ba902b7-00, T",
        "cc-T-00f067aa0ba902b7-01, T",
        "cc-T-00f067aa0ba902b7-01-what-comes-later, T",
        "00-T-00f067aa0ba902b7-01-what-comes-later,",
        "ff-T-00f067aa0ba902b7-01,",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01,",
        "00-T-0000000000000000-01,",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01,",
        "00-T-00f067aa0ba902b7,",
        "00-T-00f067aa0ba902b7-1,",
        "'\"00-T-00f067aa0ba902b7-01\"',",
        "T,",
        "'',",
    })
    void aParentHasTheFormOfTheStandard(String parent, String trace) {
        assertThat(CallersSpan.of(header(parent.replace("T", TRACE)), call("{}"))
                        .orElse(null))
                .isEqualTo(trace == null ? null : new CallersSpan(TRACE, SPAN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"traceparent\":\"00-11112222333344445555666677778888-00f067aa0ba902b7-01\"}; 11112222333344445555666677778888",
                "{\"traceparent\":\"wrong\"}; 4bf92f3577b34da6a3ce929d0e0e4736",
                "{\"traceparent\":7}; 4bf92f3577b34da6a3ce929d0e0e4736",
                "{\"traceparent\":\"\"}; 4bf92f3577b34da6a3ce929d0e0e4736",
                "[]; 4bf92f3577b34da6a3ce929d0e0e4736",
            })
    void whatTheMessageSaysCountsFirst(String meta, String trace) {
        assertThat(CallersSpan.of(header("00-" + TRACE + "-" + SPAN + "-01"), call(meta)))
                .contains(new CallersSpan(trace, SPAN));
    }

    private static RequestHeaders header(String parent) {
        return RequestHeaders.of(Map.of("traceparent", List.of(parent)));
    }

    private static RawJson call(String meta) {
        return RawJson.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"_meta\":" + meta
                        + "}}");
    }
}
