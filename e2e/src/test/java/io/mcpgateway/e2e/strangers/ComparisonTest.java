package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
                "call | {'answer':1,'heard':{'log':['late']}} | {'answer':1,'heard':{'progress':[1]}}",
                "call | {'answer':{'content':[],'resultType':'complete','_meta':{'io.modelcontextprotocol/a':1}}} | {'answer':{'content':[]}}",
                "call | {'heard':{'changed':[true]}} | {'heard':{}}",
                "changed | {'told':false,'listed':true} | {'told':true,'listed':true}",
                "cancel | {'answer':{'content':[{'text':'false'}]}} | {'answer':{'content':[{'text':'true'}]}}",
                "tools | [{'name':'grown_a'}] | [{'name':'it_grown_b'}]",
                "initialize | {'version':'1','capabilities':{'tools':{}}} | {'version':'1','capabilities':{'tools':{},'prompts':{}}}",
                "initialize | {'version':'1'} | {'version':'2'}",
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
                "call | {'answer':1} | {'answer':2} | expected {\"answer\":1",
                "call | {'answer':1,'heard':{'form':['Who?']}} | {'answer':1,'heard':{}} | seen {\"answer\":1,\"heard\":{}}",
                "initialize | {'version':'1','capabilities':{'logging':{}}} | {'version':'1','capabilities':{}} | [logging]",
                "initialize | {'version':'2'} | {'version':'1'} | expected \"2\"",
                "changed | {'told':true,'listed':true} | {'told':false,'listed':true} | expected",
                "cancel | {'answer':{'content':[{'text':'true'}]}} | {'answer':{'content':[{'text':'false'}]}} | expected",
                "call | {'answer':{'_meta':{'own':1}}} | {'answer':{}} | expected",
            })
    void otherIsToldWithBothSides(String step, String direct, String through, String told) throws IOException {
        assertThat(difference(step, direct, through))
                .hasValueSatisfying(words -> assertThat(words).contains(told));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[{'name':'a'},{'name':'task'}] | [{'name':'a'}] | true",
                "[{'name':'a'},{'name':'task'}] | [{'name':'a'},{'name':'task'}] | false",
                "[{'name':'a'}] | [{'name':'a'},{'name':'ask'}] | true",
                "[{'name':'a'},{'name':'ask'}] | [{'name':'a'},{'name':'ask'}] | true",
                "[{'name':'a'},{'name':'ask'}] | [{'name':'a'}] | false",
                "[{'name':'a'}] | [{'name':'a'},{'name':'other'}] | false",
            })
    void toolsThatTheStepNamesMayBeMissingOrMore(String direct, String through, boolean same) throws IOException {
        JsonNode step = json("{'do':'tools','leftOut':['task'],'shownToSome':['ask']}");

        assertThat(Comparison.difference(step, "", json(direct), json(through)).isEmpty())
                .isEqualTo(same);
    }

    @Test
    void notificationsThatTheStepWaitsForCount() throws IOException {
        JsonNode step = json("{'do':'call','hears':{'log':1}}");

        assertThat(Comparison.difference(step, "", json("{'heard':{'log':['a']}}"), json("{'heard':{'log':['b']}}")))
                .isPresent();
    }

    @Test
    void onlyWhatTheStepComparesCounts() throws IOException {
        JsonNode step = json("{'do':'call','hears':{'log':1},'compare':['heard']}");
        JsonNode direct = json("{'answer':7,'heard':{'log':['a']}}");

        assertThat(Comparison.difference(step, "", direct, json("{'answer':8,'heard':{'log':['a']}}")))
                .isEmpty();
        assertThat(Comparison.difference(step, "", direct, json("{'answer':7,'heard':{}}")))
                .isPresent();
    }

    private static Optional<String> difference(String step, String direct, String through) throws IOException {
        return Comparison.difference(json("{'do':'" + step + "'}"), "it_", json(direct), json(through));
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
