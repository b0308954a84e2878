package io.mcpgateway.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRIBUTING.md and e2e/README.md name files, types, tests and make targets; each of them exists. */
class ContributingTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TYPE =
            Pattern.compile("(?:[a-z0-9]+\\.)*([A-Z][a-z]\\w*[A-Z]\\w*|Router|Reason|Refusals|Setting)");
    private static final Pattern CONSTANT = Pattern.compile("([A-Z]+_)\\.\\.\\.");
    private static final Pattern PATH = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)+|[\\w-]+\\.(?:md|xml|yaml)");
    private static final Pattern SCENARIO = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");
    private static final Pattern TARGET = Pattern.compile("make ([a-z0-9-]+)");

    /** Conditions, and files that readers write. */
    private static final Set<String> NOT_OURS = Set.of("Programmed", "Ready", "config.yaml", "my-config.yaml");

    private final Path root = ProjectFolder.locate().root();

    @Test
    void everyTypeExists() throws IOException {
        Set<String> named = quoted(TYPE);
        assertThat(named).hasSizeGreaterThan(30);

        named.removeAll(sources());
        assertThat(named).as("types that CONTRIBUTING.md names and nobody has").isEmpty();
    }

    @Test
    void everyPathExists() throws IOException {
        assertThat(quoted(PATH))
                .hasSizeGreaterThan(8)
                .allSatisfy(path -> assertThat(root.resolve(path)).exists());
    }

    @Test
    void everyStageOfTheContinuousIntegrationIsInTheTable() throws IOException {
        String script = Files.readString(root.resolve(".ci/run"));
        String stages = script.lines()
                .filter(line -> line.startsWith("for target in "))
                .findFirst()
                .orElseThrow()
                .replace("for target in ", "")
                .replace("; do", "");

        assertThat(text().lines()
                        .filter(line -> line.startsWith("| `make "))
                        .map(line -> line.replaceFirst("^\\| `make ([a-z0-9-]+)`.*", "$1")))
                .containsExactly(stages.split(" "));
    }

    @Test
    void everyTargetExists() throws IOException {
        String makefile = Files.readString(root.resolve("Makefile"));

        assertThat(quoted(TARGET))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(makefile).contains("\n" + target + ":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLAG_", "ENV_"})
    void theConstantsAreNamedSo(String prefix) throws IOException {
        assertThat(quoted(CONSTANT)).contains(prefix);
        assertThat(Files.readString(
                        root.resolve("api-crds/src/main/java/io/mcpgateway/api/contract/BrokerLaunch.java")))
                .contains("String " + prefix);
    }

    @Test
    void everyPackageOfE2eIsOnItsMap() throws IOException {
        String map = Files.readString(root.resolve("e2e/README.md"));
        map = map.substring(0, map.indexOf("\n## "));
        for (String source : List.of("main", "test")) {
            Path folder = root.resolve("e2e/src/" + source + "/java/io/mcpgateway/e2e");
            assertThat(folders(folder)).isNotEmpty();
            for (String name : folders(folder)) {
                assertThat(map).as("package %s of src/%s", name, source).containsPattern("\\| [^|]*`" + name + "`");
            }
        }
    }

    @Test
    void everyScenarioExists() throws IOException {
        List<MatchResult> named = SCENARIO.matcher(Files.readString(root.resolve("e2e/README.md")))
                .results()
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        for (MatchResult scenario : named) {
            Path file = root.resolve("e2e/src/test/java/io/mcpgateway/e2e/cluster/" + scenario.group(1) + ".java");
            assertThat(file).exists();
            assertThat(Files.readString(file)).contains("void " + scenario.group(2) + "(");
        }
    }

    private static List<String> folders(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** First groups, or whole texts, of what is quoted and matches entirely. */
    private Set<String> quoted(Pattern pattern) throws IOException {
        return QUOTED.matcher(text())
                .results()
                .map(quoted -> pattern.matcher(quoted.group(1)))
                .filter(Matcher::matches)
                .map(ContributingTest::named)
                .filter(name -> !NOT_OURS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String named(MatchResult match) {
        return match.groupCount() == 0 ? match.group() : match.group(1);
    }

    private String text() throws IOException {
        return DocPage.at(root.resolve("CONTRIBUTING.md")).withoutBlocks();
    }

    private Set<String> sources() {
        return Stream.of("api-crds", "broker", "controller", "e2e")
                .map(module -> root.resolve(module).resolve("src"))
                .flatMap(ContributingTest::javaFiles)
                .collect(Collectors.toSet());
    }

    private static Stream<String> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
