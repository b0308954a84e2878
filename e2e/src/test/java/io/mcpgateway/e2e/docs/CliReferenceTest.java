package io.mcpgateway.e2e.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/cli-reference.md is the {@code --help} of the built programs. {@code make generate} writes it. */
class CliReferenceTest {
    private static final String HEAD = """
            # Flags and environment variables

            <!-- Generated from the programs' own --help; do not edit, `make generate` writes it. -->

            In a cluster, the controller sets the broker's flags and keeps flags that it does not set; see
            [observability.md](observability.md) and [upgrade.md](upgrade.md). A flag takes precedence over the variable with the same meaning.
            """;

    private final ProjectFolder project = ProjectFolder.locate();

    @Test
    void thePageIsWhatTheProgramsSay() throws IOException, InterruptedException {
        Path page = project.resolve("docs/cli-reference.md");
        Path broker = project.brokerJar();
        Path controller = project.resolve("controller/target/mcp-gateway-controller.jar");
        String text = HEAD
                + section("Broker", broker)
                + section("Broker: envoy-config, files for a standalone Envoy", broker, "envoy-config")
                + section("Controller", controller)
                + section("Controller: uninstall, before it is removed", controller, "uninstall")
                + section("Controller: convert, objects of the Go project", controller, "convert")
                + section("Controller: doctor, what is broken", controller, "doctor")
                + section("Controller: urls, where clients connect", controller, "urls")
                + section("Controller: why, whether something is served", controller, "why")
                + section("Controller: trace, what became of a call", controller, "trace");
        if ("update".equals(System.getProperty("generate"))) {
            Files.writeString(page, text, UTF_8);
        }

        assertThat(page).as("out of date; run: make generate").hasContent(text);
    }

    private static String section(String title, Path jar, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ProjectFolder.java(), "-jar", jar.toString()));
        command.addAll(List.of(words));
        command.add("--help");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String help = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(help).isZero();
        return "\n## " + title + "\n\n```text\n" + help.stripTrailing().replaceAll("(?m) +$", "") + "\n```\n";
    }
}
