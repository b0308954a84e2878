package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The GitHub workflows. They do not run here, so they contain as little as possible: their steps are scripts, which do. */
class WorkflowsTest {
    private static final Path FOLDER = Path.of(".github/workflows");
    private static final Pattern ACTION = Pattern.compile("uses: ([^@\\s]+)@(\\S+)(.*)");
    private static final Pattern SCRIPT = Pattern.compile("(?:\\.ci/run|scripts/[a-z0-9]+\\.sh)");
    private static final Pattern RELEASE_STEP = Pattern.compile("scripts/release\\.sh ([a-z]+)");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    @ParameterizedTest
    @ValueSource(strings = {"test.yaml", "release.yaml"})
    void theLinterFindsNothing(String file) {
        assertThat(lint(FOLDER.resolve(file))).isEqualTo(new Program.Result(0, "", ""));
    }

    @Test
    void theLinterWouldFindSomething(@TempDir Path folder) throws IOException {
        Path bad = folder.resolve("bad.yaml");
        Files.writeString(bad, """
                on: push
                jobs:
                  a:
                    needs: b
                    runs-on: ubuntu-24.04
                    steps:
                      - run: echo ${{ github.nothing }}
                """);

        Program.Result result = lint(bad);

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("does not exist", "\"nothing\" is not defined");
    }

    @Test
    void theTestsListEveryWorkflow() throws IOException {
        try (Stream<Path> files = Files.list(ProjectFolder.locate().resolve(FOLDER.toString()))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("test.yaml", "release.yaml");
        }
    }

    /** A tag can be moved to other code, a commit cannot. */
    @Test
    void everyActionIsPinnedToOneCommit() throws IOException {
        Map<String, Set<String>> pins = new TreeMap<>();
        for (String text : texts()) {
            ACTION.matcher(text).results().forEach(use -> {
                assertThat(use.group(2)).as(use.group()).matches(COMMIT);
                assertThat(use.group(3)).as(use.group()).matches(" # v\\d+\\.\\d+\\.\\d+");
                pins.computeIfAbsent(use.group(1), name -> new TreeSet<>()).add(use.group(2) + use.group(3));
            });
        }
        assertThat(pins).isNotEmpty().allSatisfy((name, commits) -> {
            assertThat(name).startsWith("actions/");
            assertThat(commits).hasSize(1);
        });
    }

    @Test
    void everyStepIsAScriptThatExists() throws IOException {
        Path root = ProjectFolder.locate().root();
        String steps = Files.readString(root.resolve("scripts/release.sh"));
        for (String text : texts()) {
            assertThat(SCRIPT.matcher(text).results())
                    .isNotEmpty()
                    .allSatisfy(
                            script -> assertThat(root.resolve(script.group())).isExecutable());
            assertThat(RELEASE_STEP.matcher(text).results())
                    .allSatisfy(step -> assertThat(steps).contains("\n    " + step.group(1) + ") "));
        }
    }

    @Test
    void onlyTheJobThatPublishesMayWrite() throws IOException {
        for (String text : texts()) {
            assertThat(text).contains("\npermissions:\n  contents: read\n");
        }
        String release = Files.readString(ProjectFolder.locate().resolve(FOLDER + "/release.yaml"));
        assertThat(release.substring(0, release.indexOf("\n  publish:"))).doesNotContain(": write");
        assertThat(Files.readString(ProjectFolder.locate().resolve(FOLDER + "/test.yaml")))
                .doesNotContain(": write");
    }

    private static List<String> texts() throws IOException {
        return List.of(
                Files.readString(ProjectFolder.locate().resolve(FOLDER + "/test.yaml")),
                Files.readString(ProjectFolder.locate().resolve(FOLDER + "/release.yaml")));
    }

    /** Without the other linters that it would look for on PATH. */
    private static Program.Result lint(Path file) {
        return Program.actionlint().run("-no-color", "-shellcheck=", "-pyflakes=", file.toString());
    }
}
