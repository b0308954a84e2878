package io.mcpgateway.e2e.guide;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs lines in bash as a user types them, in their own folder, with the table's variables. */
public final class Shell {
    /** Enough for a program to start on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** How long a command is repeated until its output is as expected. */
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("guide.patience", 60));

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Path folder;
    private final Path prelude;
    private final Map<String, String> variables;

    private Shell(Path folder, Path prelude, Map<String, String> variables) {
        this.folder = folder;
        this.prelude = prelude;
        this.variables = variables;
    }

    /** Standard output and standard error, in order. */
    public record Output(String text, int exitCode) {}

    /** A shell in this folder that reads {@code prelude}'s functions first. */
    static Shell in(Path folder, Path prelude, Map<String, String> variables) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
        return new Shell(folder, prelude, Map.copyOf(variables));
    }

    /** A shell in an empty folder, without functions. */
    public static Shell fresh(Path folder, Map<String, String> variables) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + folder, e);
        }
        return in(folder, Path.of("/dev/null"), variables);
    }

    Shell with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(more);
        return new Shell(folder, prelude, Map.copyOf(all));
    }

    /** Runs the lines; the last one must succeed. */
    public Output must(String lines) {
        Output output = run("set -e\n" + lines);
        if (output.exitCode() != 0) {
            throw new AssertionError("failed with " + output.exitCode() + ":\n" + lines + "\n" + output.text());
        }
        return output;
    }

    /** Runs the lines until they succeed and print something that matches. */
    public Output awaitMatch(String lines, Pattern pattern) {
        return await(lines, new Expectation(List.of(pattern), List.of(), Optional.of(0)));
    }

    /** Runs the lines until the result is as expected, for as long as a slow machine may need. */
    Output await(String lines, Expectation expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Output output = run(lines);
            Optional<String> complaint = expected.complaint(output);
            if (complaint.isEmpty()) {
                return output;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(complaint.get() + "\n$ " + lines + "\n" + output.text());
            }
            pause();
        }
    }

    Output run(String lines) {
        try {
            Path script = Files.createTempFile(folder, "run", ".sh");
            Path printed = Files.createTempFile(folder, "run", ".out");
            Files.writeString(script, ". '" + prelude + "'\n" + lines + "\n");
            ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(printed.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Output("did not end within " + LIMIT + "\n" + Files.readString(printed), 124);
            }
            String text = new String(Files.readAllBytes(printed), StandardCharsets.UTF_8);
            Files.delete(script);
            Files.delete(printed);
            return new Output(text, process.exitValue());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run bash", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
