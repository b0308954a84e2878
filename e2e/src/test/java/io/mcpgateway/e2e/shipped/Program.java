package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A third-party program, run in the project's folder. It has no cluster. */
record Program(Path binary) {
    /** The result of a run; errors are its standard error. */
    record Result(int exitCode, String output, String errors) {}

    static Program helm() {
        return new Program(Foreign.require(ForeignTool.KUBECTL).resolve("helm"));
    }

    static Program kubectl() {
        return new Program(Foreign.require(ForeignTool.KUBECTL).resolve("kubectl"));
    }

    static Program hadolint() {
        return new Program(Foreign.require(ForeignTool.HADOLINT));
    }

    static Program actionlint() {
        return new Program(Foreign.require(ForeignTool.ACTIONLINT));
    }

    static Program promtool() {
        return new Program(Foreign.require(ForeignTool.PROMTOOL));
    }

    /** Its output; it must succeed. */
    String output(String... arguments) {
        Result result = run(arguments);
        assertThat(result.exitCode())
                .as("%s %s: %s", binary.getFileName(), List.of(arguments), result.errors())
                .isZero();
        return result.output();
    }

    Result run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("errors", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(ProjectFolder.locate().root().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectError(errors.toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Result result = new Result(process.waitFor(), output, Files.readString(errors));
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + command, e);
        }
    }
}
