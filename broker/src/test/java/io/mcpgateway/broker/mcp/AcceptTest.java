package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json, text/event-stream        | false
            text/event-stream                          | false
            Text/Event-Stream, Application/JSON        | false
            application/json, text/*                   | false
            */*                                        | false
            application/json, */*;q=0.1                | false
            application/json;q=0.9, text/event-stream  | false
            application/json                           | true
            APPLICATION/*;q=0.5                        | true
            application/json, text/event-stream;q=0    | true
            application/json, text/html                | true
            text/html                                  | false
            """)
    void aClientTakesOnlyJsonIfItAdmitsJsonAndNoEventStream(String accept, boolean onlyJson) {
        assertThat(Accept.onlyJson(RequestHeaders.of(Map.of("accept", List.of(accept)))))
                .isEqualTo(onlyJson);
        assertThat(Accept.onlyJson(RequestHeaders.of(Map.of("accept", List.of("text/html", accept)))))
                .isEqualTo(onlyJson);
    }

    @ParameterizedTest
    @CsvSource({"application/json, application/json, true", "application/json, text/event-stream, false"})
    void theHeaderMayBeGivenMoreThanOnce(String first, String second, boolean onlyJson) {
        assertThat(Accept.onlyJson(RequestHeaders.of(Map.of("accept", List.of(first, second)))))
                .isEqualTo(onlyJson);
        assertThat(Accept.onlyJson(RequestHeaders.EMPTY)).isFalse();
    }
}
