package io.mcpgateway.broker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No source file of any module grows beyond what one can read at a sitting. */
class SourceSizeTest {
    private static final int MOST_LINES = 300;
    private static final int MOST_LINES_OF_A_TEST = 400;

    @Test
    void noFileIsTooLong() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Map<String, Integer> tooLong = new TreeMap<>();
        int files = 0;
        for (String module : List.of("api-crds", "broker", "controller", "e2e")) {
            try (Stream<Path> sources = Files.walk(root.resolve(module).resolve("src"))) {
                for (Path source : sources.filter(path -> path.toString().endsWith(".java"))
                        .toList()) {
                    files++;
                    int lines = lines(source);
                    if (lines > (isTest(source) ? MOST_LINES_OF_A_TEST : MOST_LINES)) {
                        tooLong.put(root.relativize(source).toString(), lines);
                    }
                }
            }
        }
        assertThat(files).isGreaterThan(50);
        assertThat(tooLong).isEmpty();
    }

    private static boolean isTest(Path source) {
        return source.toString().contains("/src/test/");
    }

    private static int lines(Path source) {
        try {
            return Files.readAllLines(source).size();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
