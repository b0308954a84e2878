package io.mcpgateway.controller.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convert}: reads objects of the Go project and prints ours. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Reads objects of the Go project (mcp.kuadrant.io and mcp.kagenti.com, YAML or JSON, Lists too)"
                + " and prints them as objects of this one, ready for kubectl apply. Comments say what was lost.")
public final class ConvertCommand implements Callable<Integer> {
    private static final int UNREADABLE = 1;
    private static final int NOTHING = 3;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "what to read; '-' is standard input")
    String file = "-";

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            ConvertedYaml converted = ConvertedYaml.of(read());
            out.print(converted.text());
            out.flush();
            err.printf("%d objects, %d notes%n", converted.objects(), converted.notes());
            return converted.objects() > 0 ? 0 : NOTHING;
        } catch (NoSuchFileException missing) {
            err.println("convert: no such file: " + file);
            return UNREADABLE;
        } catch (JsonProcessingException wrong) {
            err.println("convert: " + file + " is not YAML: " + wrong.getOriginalMessage());
            return UNREADABLE;
        } catch (IOException problem) {
            err.println("convert: cannot read " + file + ": " + problem.getMessage());
            return UNREADABLE;
        }
    }

    private String read() throws IOException {
        byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
