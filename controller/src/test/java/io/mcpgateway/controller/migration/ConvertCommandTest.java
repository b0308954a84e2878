package io.mcpgateway.controller.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConvertCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/migration");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"registration", "extension", "virtual-server", "list"})
    void objectsOfTheGoProjectBecomeOurs(String name) throws IOException {
        int exit = convert(GOLDEN.resolve(name + ".in.yaml").toString());

        Path expected = GOLDEN.resolve(name + ".out.yaml");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(expected, out.toString(), UTF_8);
        }
        assertThat(exit).isZero();
        assertThat(expected).usingCharset(UTF_8).hasContent(out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"registration", "extension", "virtual-server", "list"})
    void whatIsOursStaysAsItIs(String name, @TempDir Path folder) throws IOException {
        convert(GOLDEN.resolve(name + ".in.yaml").toString());
        String once = withoutComments(out.toString());
        Path file = Files.writeString(folder.resolve("once.yaml"), once);
        out.getBuffer().setLength(0);

        convert(file.toString());

        assertThat(withoutComments(out.toString())).isEqualTo(once);
    }

    @Test
    void theValueOfASecretIsNotPrinted() {
        convert(GOLDEN.resolve("list.in.yaml").toString());

        assertThat(out.toString() + err).contains("Secret team-a/weather-token").doesNotContain("c2VjcmV0");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(convert("/nowhere/old.yaml")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("convert: no such file: /nowhere/old.yaml");
    }

    @Test
    void whatIsNotYamlIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "a: [");

        assertThat(convert(file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("bad.yaml is not YAML");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileWithoutSuchObjectsIsNotASuccess(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other.yaml"), "{kind: Pod, apiVersion: v1, metadata: {name: x}}");

        assertThat(convert(file.toString())).isEqualTo(3);
        assertThat(err.toString()).startsWith("0 objects");
    }

    private int convert(String file) {
        return new CommandLine(new ConvertCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("-f", file);
    }

    private static String withoutComments(String yaml) {
        return yaml.replaceAll("(?m)^#.*\\R", "").replaceAll("(---\\R)+", "---\n");
    }
}
