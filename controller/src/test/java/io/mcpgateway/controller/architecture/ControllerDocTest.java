package io.mcpgateway.controller.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The controller's part of docs/architecture.md: every type that it names exists, and a reconcile needs only a few. */
class ControllerDocTest {
    private static final int MOST_TYPES = 8;
    private static final Pattern PART =
            Pattern.compile("^## The controller$(.*)^## Decision records$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FLOW =
            Pattern.compile("^### A change of a registration$.*?(^\\| 1 .*?)\n\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("`((?:[a-z0-9]+\\.)*)([A-Z][A-Za-z0-9]+)`");

    @Test
    void everyNamedTypeExists() throws IOException {
        Set<String> named = TYPE.matcher(part())
                .results()
                .map(match -> match.group(1).replace('.', '/') + match.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(25).allMatch(ControllerDocTest::exists);
    }

    @Test
    void oneReconcileIsReadThroughAFewTypes() throws IOException {
        Matcher flow = FLOW.matcher(part());
        assertThat(flow.find()).isTrue();

        Set<String> types = flow.group(1)
                .lines()
                .map(row -> row.split("\\|", -1)[2].strip())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(types).hasSizeBetween(5, MOST_TYPES);
    }

    private static String part() throws IOException {
        Matcher part = PART.matcher(Files.readString(Path.of("..", "docs", "architecture.md")));
        assertThat(part.find()).isTrue();
        return part.group(1);
    }

    private static boolean exists(String type) {
        return Stream.of("main", "test")
                .flatMap(source -> Stream.of("", "architecture/")
                        .map(folder -> Path.of(
                                "src", source, "java", "io", "mcpgateway", "controller", folder + type + ".java")))
                .anyMatch(Files::exists);
    }
}
