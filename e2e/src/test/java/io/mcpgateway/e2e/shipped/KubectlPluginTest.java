package io.mcpgateway.e2e.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        Run run = kubectl(System.getProperty("java.home"), "mcp", "doctor", "--help");

        assertThat(run.output()).contains("Usage: mcp-gateway-controller doctor");
        assertThat(run.exit()).isZero();
    }

    @Test
    void otherCommandsOfTheControllerAreNotOffered() throws IOException, InterruptedException {
        Run run = kubectl(System.getProperty("java.home"), "mcp", "uninstall");

        assertThat(run.output())
                .contains("unknown command 'uninstall'; there are doctor, urls, why, trace and convert");
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void tooOldJavaIsNamed() throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        Run run = kubectl(folder.resolve("old").toString(), "mcp", "doctor");

        assertThat(run.output()).contains("Java 25 is needed, but", "is Java 17");
        assertThat(run.exit()).isEqualTo(2);
    }

    private Run kubectl(String javaHome, String... words) throws IOException, InterruptedException {
        Path link = folder.resolve("kubectl-mcp");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, ProjectFolder.locate().resolve("scripts/kubectl-mcp"));
        }
        List<String> command = new ArrayList<>(
                List.of(Foreign.require(ForeignTool.KUBECTL).resolve("kubectl").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
        builder.environment().put("JAVA_HOME", javaHome);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
