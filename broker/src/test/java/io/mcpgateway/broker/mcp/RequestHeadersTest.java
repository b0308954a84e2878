package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
    void thereMayBeAnyNumberOfHeaders() {
        byte[] source = "0123456789".getBytes(StandardCharsets.US_ASCII);
        for (int count = 1; count <= 100; count++) {
            RequestHeaders.Reading asTexts = RequestHeaders.reading();
            RequestHeaders.Reading inTheSource = RequestHeaders.reading(source);
            for (int index = 0; index < count; index++) {
                asTexts.add("x-" + index, Integer.toString(index % 10));
                inTheSource.add("x-" + index, index % 10, index % 10 + 1);
            }
            for (RequestHeaders headers : List.of(asTexts.done(), inTheSource.done())) {
                assertThat(headers.names()).hasSize(count);
                for (int index = 0; index < count; index++) {
                    assertThat(headers.first("x-" + index)).contains(Integer.toString(index % 10));
                }
            }
        }
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(RequestHeaders.of(Map.of("Authorization", List.of("secret"))))
                .hasToString("RequestHeaders[authorization]");
    }
}
