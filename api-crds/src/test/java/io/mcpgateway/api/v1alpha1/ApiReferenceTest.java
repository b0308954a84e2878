package io.mcpgateway.api.v1alpha1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference says what the classes say. {@code make generate} writes it anew. */
class ApiReferenceTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().resolveSibling("").resolve("docs/api-reference.md");

    @Test
    void thePageIsWhatTheClassesSay() throws IOException {
        String text = ApiReference.markdown();
        if ("update".equals(System.getProperty("generate"))) {
            Files.writeString(PAGE, text, UTF_8);
        }

        assertThat(PAGE).as("out of date; run: make generate").hasContent(text);
    }

    @Test
    void everyFieldHasAMeaning() throws IOException {
        assertThat(ApiReference.markdown().lines().filter(line -> line.startsWith("| `")))
                .hasSizeGreaterThan(30)
                .noneMatch(line -> line.endsWith("|  |"));
    }
}
