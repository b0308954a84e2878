package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a container engine: a linter reads the Dockerfiles, and {@code scripts/image.sh} builds the same image. */
class DockerfilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.broker", "Dockerfile.controller", "Dockerfile.sample-server"})
    void theLinterFindsNothing(String file) {
        assertThat(Program.hadolint().run("--no-color", file)).isEqualTo(new Program.Result(0, "", ""));
    }

    @Test
    void theLinterWouldFindSomething(@TempDir Path folder) throws IOException {
        Path bad = folder.resolve("Dockerfile");
        Files.writeString(bad, "FROM debian:latest\nRUN cd /tmp\nENTRYPOINT java\n");

        Program.Result result = Program.hadolint().run("--no-color", bad.toString());

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("DL3007", "DL3003", "DL3025");
    }

    @ParameterizedTest
    @CsvSource({
        "broker, io.mcpgateway.broker.BrokerMain",
        "controller, io.mcpgateway.controller.ControllerMain",
        "sample-server, io.mcpgateway.e2e.servers.SampleServerMain"
    })
    void theImageIsWhatTheScriptPacks(String name, String main) throws IOException {
        String text = Files.readString(ProjectFolder.locate().resolve("Dockerfile." + name));

        assertThat(text)
                .contains("scripts/image.sh root " + name + " /image")
                .contains("\nFROM scratch\n", "\nWORKDIR /app\n", "\nUSER 65532:65532\n")
                .contains("ENTRYPOINT [\"/opt/java/bin/java\", \"@/app/java.options\", \"" + main + "\"]")
                .doesNotContain("HEALTHCHECK");
        String script = Files.readString(ProjectFolder.locate().resolve("scripts/oci.py"));
        assertThat(script)
                .contains("\"User\": \"65532:65532\"", "\"WorkingDir\": \"/app\"")
                .contains("\"/opt/java/bin/java\", \"@/app/java.options\", main_class");
        for (String label : new String[] {"title", "description", "version", "licenses"}) {
            assertThat(text).contains("org.opencontainers.image." + label + "=\"");
            assertThat(script).contains("\"org.opencontainers.image." + label + "\"");
        }
    }
}
