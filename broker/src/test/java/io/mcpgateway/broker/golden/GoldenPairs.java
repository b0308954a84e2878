package io.mcpgateway.broker.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that each hold what is given, a line of three dashes, and what becomes of it as YAML. {@code -Dgolden=update}
 * rewrites the second part; read the diff before you commit it.
 */
public record GoldenPairs(Path folder) {
    private static final String SEPARATOR = "\n---\n";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build();

    /** What becomes of the first part of a file: something that Jackson can write. */
    @FunctionalInterface
    public interface Outcome {
        Object of(String given) throws IOException;
    }

    public static GoldenPairs of(String folder) {
        return new GoldenPairs(Path.of("src/test/resources/golden").resolve(folder));
    }

    /** The names of the files, in order. */
    public List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** The first part of a file. */
    public String given(String file) throws IOException {
        String content = Files.readString(folder.resolve(file));
        int separator = content.indexOf(SEPARATOR);
        return separator < 0 ? content.stripTrailing() : content.substring(0, separator);
    }

    /** The first part as a tree. */
    public static JsonNode tree(String given) throws IOException {
        return YAML.readTree(given);
    }

    /** Fails unless the file holds this outcome of what it gives. */
    public void verify(String file, Outcome outcome) throws IOException {
        String given = given(file);
        String actual = given + SEPARATOR + YAML.writeValueAsString(outcome.of(given));
        Path path = folder.resolve(file);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(path, actual);
        }
        assertThat(Files.readString(path)).isEqualTo(actual);
    }
}
