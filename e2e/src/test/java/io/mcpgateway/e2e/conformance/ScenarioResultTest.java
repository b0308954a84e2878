package io.mcpgateway.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ScenarioResultTest {
    @Test
    void oneFailedCheckFailsTheScenario() throws JsonProcessingException {
        assertThat(
                        read(
                                "[{'status':'SUCCESS'},{'status':'WARNING','errorMessage':'w'},{'status':'FAILURE','errorMessage':'f'}]"))
                .isEqualTo(new ScenarioResult("ping", false, 1, "f"));
    }

    @Test
    void warningsAreCountedAndNotedButNoFailure() throws JsonProcessingException {
        assertThat(read("[{'status':'SUCCESS'},{'status':'WARNING','errorMessage':'w'},{'status':'INFO'}]"))
                .isEqualTo(new ScenarioResult("ping", true, 1, "w"));
    }

    @Test
    void noCheckAtAllIsAFailure() throws JsonProcessingException {
        assertThat(read("[]").passed()).isFalse();
    }

    private static ScenarioResult read(String checks) throws JsonProcessingException {
        return ScenarioResult.of("ping", new ObjectMapper().readTree(checks.replace('\'', '"')));
    }
}
