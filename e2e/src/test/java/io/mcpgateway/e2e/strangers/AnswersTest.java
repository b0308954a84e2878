package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALL = "{'server':'go','scenario':'call','result':{'answer':1}}";
    private static final String ROOTS = "{'server':'go','scenario':'roots','error':'no such tool'}";
    private static final String CANCEL = "{'server':'python1','scenario':'cancel','notOffered':'no way to'}";

    @Test
    void everyLineIsAnOutcome() throws IOException {
        Answers answers = read("a word of the SDK", CALL, ROOTS, CANCEL);

        assertThat(answers.stopped()).isEmpty();
        assertThat(answers.outcomes())
                .isEqualTo(Map.of(
                        "java go call", new Outcome.Seen(json("{'answer':1}")),
                        "java go roots", new Outcome.Refused("no such tool"),
                        "java python1 cancel", new Outcome.NotOffered("no way to")));
    }

    /** Otherwise a tool that fails both with and without the gateway would pass. */
    @Test
    void toolThatFailsIsNoAnswer() throws IOException {
        assertThat(Outcome.of(json("{'result':{'answer':{'isError':true,'content':[{'text':'no'}]}}}")))
                .isEqualTo(new Outcome.Refused("the tool failed: [{\"text\":\"no\"}]"));
    }

    @Test
    void clientThatStopsIsToldWithTheCellAtWhichItWas() throws IOException {
        Answers answers = read(CALL, "{'server':'go','scen");

        assertThat(answers.stopped()).hasValue("the client did not end within 600 s, at java go roots");
        assertThat(answers.outcomes())
                .containsEntry("java go call", new Outcome.Seen(json("{'answer':1}")))
                .containsEntry(
                        "java go roots", new Outcome.Refused(answers.stopped().get()))
                .containsEntry(
                        "java python1 cancel",
                        new Outcome.Refused(answers.stopped().get()));
    }

    private static Answers read(String... lines) throws IOException {
        JsonNode jobs = json("{'jobs':[{'server':'go','steps':[{'scenario':'call'},{'scenario':'roots'}]},"
                + "{'server':'python1','steps':[{'scenario':'cancel'}]}]}");
        List<String> printed =
                List.of(lines).stream().map(line -> line.replace('\'', '"')).toList();
        return Answers.read("java", jobs, printed, "the client did not end within 600 s");
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
