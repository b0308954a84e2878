package io.mcpgateway.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedFailuresTest {
    private static final ExpectedFailures PING_FAILS = new ExpectedFailures(Map.of("unprefixed", Set.of("ping")));

    @Test
    void failureThatIsListedIsNoProblem() {
        assertThat(PING_FAILS.problems(Map.of(Pass.UNPREFIXED, List.of(ScenarioResult.failed("ping", "no answer")))))
                .isEmpty();
    }

    @Test
    void failureThatIsNotListedIsAProblemInThatRunOnly() {
        assertThat(PING_FAILS.problems(Map.of(Pass.PREFIXED, List.of(ScenarioResult.failed("ping", "no answer")))))
                .containsExactly("prefixed ping failed: no answer");
    }

    @Test
    void staleEntryIsAProblem() {
        ScenarioResult passed = new ScenarioResult("ping", true, 0, "");

        assertThat(PING_FAILS.problems(Map.of(Pass.UNPREFIXED, List.of(passed))))
                .containsExactly("unprefixed ping passes: remove it from the list");
    }

    @Test
    void entryThatTheSuiteDoesNotHaveIsAProblem() {
        assertThat(PING_FAILS.problems(Map.of(Pass.UNPREFIXED, List.of())))
                .containsExactly("unprefixed ping is on the list, but not in this run of the suite");
    }

    @Test
    void runsThatDoNotExistAreRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("list.yaml"), "unprefixt: [ping]\n");

        assertThatThrownBy(() -> ExpectedFailures.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unprefixt");
    }

    @Test
    void listOfThisProjectCanBeRead() throws IOException {
        ExpectedFailures list =
                ExpectedFailures.read(ProjectFolder.locate().resolve("e2e/conformance/expected-failures.yaml"));

        assertThat(list.has(Pass.DIRECT, "ping")).isFalse();
    }
}
