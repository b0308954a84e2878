package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "tools | [{'name':'a','title':'A'}] | [{'name':'other_b'},{'name':'it_a','title':'A'}]",
                "prompts | [] | [{'name':'other_b'}]",
                "resources | [{'uri':'x:1'}] | [{'uri':'y:2'},{'uri':'x:1'}]",
                "templates | [{'uriTemplate':'x:{id}'}] | [{'uriTemplate':'x:{id}'}]",
                "call | {'answer':{'content':[]}} | {'answer':{'content':[]}}",
                "initialize | {'version':'1','capabilities':{'tools':{}}} | {'version':'1','capabilities':{'tools':{},'prompts':{}}}",
            })
    void sameIsNoDifference(String step, String direct, String through) throws IOException {
        assertThat(difference(step, direct, through)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "tools | [{'name':'a'}] | [{'name':'a'}] | not listed: [a]",
                "tools | [] | [{'name':'it_a'}] | listed too: [a]",
                "tools | [{'name':'a','title':'A'}] | [{'name':'it_a'}] | expected",
                "resources | [{'uri':'x:1'}] | [] | not listed: [x:1]",
                "call | {'answer':1} | {'answer':2} | expected {\"answer\":1}, seen {\"answer\":2}",
                "initialize | {'version':'1','capabilities':{'logging':{}}} | {'version':'1','capabilities':{}} | [logging]",
                "initialize | {'version':'1'} | {'version':'2'} | expected \"1\"",
            })
    void otherIsToldWithBothSides(String step, String direct, String through, String told) throws IOException {
        assertThat(difference(step, direct, through))
                .hasValueSatisfying(words -> assertThat(words).contains(told));
    }

    private static Optional<String> difference(String step, String direct, String through) throws IOException {
        return Comparison.difference(json("{'do':'" + step + "'}"), "it_", json(direct), json(through));
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
