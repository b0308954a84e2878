package io.mcpgateway.e2e.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl mcp}: kubectl finds {@code scripts/kubectl-mcp} through a link in PATH, and it runs the built jar. */
class KubectlPluginTest {
    private record Run(int exit, String output) {}

    @TempDir
    Path folder = Path.of("");

    @Test
    void kubectlFindsTheCommand() throws IOException, InterruptedException {
        Run run = kubectl("mcp", "doctor", "--help");

        assertThat(run.output()).contains("Usage: mcp-gateway-controller doctor");
        assertThat(run.exit()).isZero();
    }

    @Test
    void otherCommandsOfTheControllerAreNotOffered() throws IOException, InterruptedException {
        Run run = kubectl("mcp", "uninstall");

        assertThat(run.output())
                .contains("unknown command 'uninstall'; there are doctor, urls, why, trace and convert");
        assertThat(run.exit()).isEqualTo(2);
    }

    private Run kubectl(String... words) throws IOException, InterruptedException {
        Path link = folder.resolve("kubectl-mcp");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, ProjectFolder.locate().resolve("scripts/kubectl-mcp"));
        }
        List<String> command = new ArrayList<>(
                List.of(Foreign.require(ForeignTool.KUBECTL).resolve("kubectl").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
