package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
    @Test
    void namesThatDifferInCaseAreOneHeaderWithEveryValue() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("Authorization", List.of("a"));
        values.put("authorization", List.of("b", "c"));
        RequestHeaders headers = RequestHeaders.of(values);

        assertThat(headers.all("authorization")).containsExactly("a", "b", "c");
        assertThat(headers.first("authorization")).contains("a");
        assertThat(headers.names()).containsExactly("authorization");
        assertThat(headers.all("accept")).isEmpty();
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(RequestHeaders.of(Map.of("Authorization", List.of("secret"))))
                .hasToString("RequestHeaders[authorization]");
    }
}
