package io.mcpgateway.controller.desired;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files under golden/desired. {@code -Dgolden=update} writes what was expected anew instead of comparing. */
public final class Golden {
    public static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    private static final Path ROOT = Path.of("src", "test", "resources", "golden", "desired");

    private Golden() {}

    /** The folders that hold a file of this name. */
    public static Stream<String> casesWith(String file) throws IOException {
        List<String> cases;
        try (Stream<Path> folders = Files.list(ROOT)) {
            cases = folders.filter(folder -> Files.exists(folder.resolve(file)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
        assertThat(cases).isNotEmpty();
        return cases.stream();
    }

    public static String text(String folder, String file) {
        try {
            return Files.readString(ROOT.resolve(folder).resolve(file), UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public static <T> T read(String folder, String file, Class<T> type) {
        try {
            return YAML.readValue(text(folder, file), type);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** One document for each object. */
    public static String print(List<?> objects) {
        return objects.stream()
                .map(object -> {
                    try {
                        JsonNode tree = YAML.valueToTree(object);
                        return YAML.writeValueAsString(tree);
                    } catch (IOException problem) {
                        throw new UncheckedIOException(problem);
                    }
                })
                .collect(Collectors.joining("---\n"));
    }

    public static void check(String folder, String file, String actual) throws IOException {
        Path path = ROOT.resolve(folder).resolve(file);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(path, actual, UTF_8);
        }
        assertThat(path).hasContent(actual);
    }
}
