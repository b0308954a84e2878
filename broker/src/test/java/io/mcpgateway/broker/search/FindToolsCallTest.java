package io.mcpgateway.broker.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.FindTools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindToolsCallTest {
    @Test
    void aQuestionHasWordsAndALimit() {
        assertThat(call("{\"query\":\"send mail\"}"))
                .isEqualTo(new FindToolsCall.Question("send mail", FindTools.DEFAULT_LIMIT));
        assertThat(call("{\"limit\":20,\"query\":\"send mail\"}"))
                .isEqualTo(new FindToolsCall.Question("send mail", 20));
        assertThat(call("{\"query\":\"x\",\"limit\":null}")).isEqualTo(new FindToolsCall.Question("x", 5));
        assertThat(call("{\"query\":\"x\",\"limit\":2.0}")).isEqualTo(new FindToolsCall.Question("x", 2));
        assertThat(call("{\"query\":\"x\",\"limit\":1e1}")).isEqualTo(new FindToolsCall.Question("x", 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                         | query must be a text",
                "{\"query\":\"  \"}         | query must be a text",
                "{\"query\":7}              | query must be a text",
                "{\"query\":\"x\",\"limit\":0}    | limit must be a whole number from 1 to 20",
                "{\"query\":\"x\",\"limit\":21}   | limit must be a whole number from 1 to 20",
                "{\"query\":\"x\",\"limit\":1.5}  | limit must be a whole number from 1 to 20",
                "{\"query\":\"x\",\"limit\":\"3\"} | limit must be a whole number from 1 to 20",
                "{\"query\":\"x\",\"limit\":99999999999999999999} | limit must be a whole number from 1 to 20",
                "{\"query\":\"x\",\"words\":[]}   | unknown argument \"words\"",
                "[]                         | query must be a text",
                "7                          | query must be a text"
            })
    void anythingElseIsAMistakeThatSaysWhy(String arguments, String problem) {
        assertThat(call(arguments))
                .isInstanceOfSatisfying(
                        FindToolsCall.Mistake.class,
                        mistake -> assertThat(mistake.problem()).contains(problem));
    }

    @Test
    void aQueryHasALimit() {
        assertThat(call("{\"query\":\"" + "x".repeat(1_001) + "\"}"))
                .isEqualTo(new FindToolsCall.Mistake("query must not be longer than 1000 characters"));
    }

    private static FindToolsCall call(String arguments) {
        return FindToolsCall.read(
                RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                        + "\"find_tools\",\"arguments\":" + arguments + "}}"));
    }
}
