package io.mcpgateway.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page has every reason of a condition, and quotes messages that exist in the programs. */
class TroubleshootingTest {
    private static final Pattern REASON = Pattern.compile("String [A-Z_]+ = \"(\\w+)\"");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    /** Two parts of one text in the sources. */
    private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");

    /** Messages of Envoy, Istio and the API server, and one that is made of two parts. */
    private static final Set<String> ELSEWHERE = Set.of(
            "RBAC: access denied",
            "upstream connect error",
            "no healthy upstream",
            "in body must be of type string: \"boolean\"",
            "unknown field",
            "Unknown tool",
            "Unknown prompt");

    private final Path root = ProjectFolder.locate().root();

    @Test
    void everyReasonOfAConditionIsOnThePage() throws IOException {
        String reasons = Files.readString(
                root.resolve("controller/src/main/java/io/mcpgateway/controller/conditions/Reason.java"));
        String page = page();

        assertThat(REASON.matcher(reasons).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(20)
                .allSatisfy(reason -> assertThat(page).contains("`" + reason + "`"));
    }

    @Test
    void everyMessageOnThePageIsOneOfThePrograms() throws IOException {
        String sources = sources();
        List<String> fragments = page().lines()
                .filter(line -> line.startsWith("| "))
                .flatMap(TroubleshootingTest::fragments)
                .toList();

        assertThat(fragments).hasSizeGreaterThan(100);
        assertThat(fragments.stream().filter(Predicate.not(sources::contains))).isEmpty();
    }

    /** The quoted texts left of the advice, in pieces: "listener ... not found" are two. */
    private static Stream<String> fragments(String row) {
        String[] cells = row.split("\\|");
        String seen = String.join("|", Arrays.copyOf(cells, cells.length - 1));
        return QUOTED.matcher(seen)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(quoted -> quoted.contains(" ") && !ELSEWHERE.contains(quoted))
                .flatMap(quoted -> Arrays.stream(quoted.replace("\"", "").split("\\.\\.\\.")))
                .map(String::strip)
                .filter(fragment -> !fragment.isEmpty());
    }

    private String page() throws IOException {
        return Files.readString(root.resolve("docs/troubleshooting.md"));
    }

    private String sources() {
        return Stream.of("api-crds", "broker", "controller")
                .map(module -> root.resolve(module).resolve("src/main/java"))
                .flatMap(TroubleshootingTest::texts)
                .map(text -> JOIN.matcher(text).replaceAll(""))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> texts(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(TroubleshootingTest::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
