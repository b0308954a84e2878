package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, rendered by Helm with several sets of values. */
class ChartGoldenTest {
    private static final Path CASES = ProjectFolder.locate().resolve("e2e/src/test/resources/shipped/chart");

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "production", "team", "operator", "https"})
    void rendersAsRecorded(String name) throws IOException {
        Path folder = CASES.resolve(name);
        String rendered = Program.helm()
                .output(
                        "template",
                        "mcp-gateway",
                        "charts/mcp-gateway",
                        "--namespace=mcp-system",
                        "--values=" + folder.resolve("values.yaml"));
        Path golden = folder.resolve("rendered.yaml");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(golden, rendered);
        }
        assertThat(rendered).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "production", "team", "operator", "https"})
    void passesTheStrictLint(String name) {
        assertThat(Program.helm()
                        .output(
                                "lint",
                                "--strict",
                                "charts/mcp-gateway",
                                "--values=" + CASES.resolve(name).resolve("values.yaml")))
                .contains("0 chart(s) failed");
    }
}
