package io.mcpgateway.e2e.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that we started: its output goes to a file, and it never outlives {@link #close}. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param environment variables in addition to our own
     * @param log the file to which standard output and standard error are appended
     * @throws IOException if it cannot be started
     */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        Files.createDirectories(Objects.requireNonNull(log.toAbsolutePath().getParent()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ChildProcess(name, builder.start(), log);
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Completes with the exit status when the program has ended. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks the program to end (SIGTERM) and returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Kills the program (SIGKILL) and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(GRACE);
    }

    /** Stops the program temporarily (SIGSTOP). */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** Continues a stopped program (SIGCONT). */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** The last non-empty lines of its output, oldest first. */
    public List<String> lastLines(int count) {
        try {
            List<String> lines = Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of("(cannot read " + log + ")");
        }
    }

    /** Ends the program: with SIGTERM first, and with SIGKILL after ten seconds. */
    @Override
    public void close() {
        terminate();
        if (!awaitEnd(GRACE)) {
            kill();
        }
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void signal(String signal) throws IOException {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("kill -" + signal + " of " + name + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while signalling " + name, e);
        }
    }

    @Override
    public String toString() {
        return name + "[pid " + process.pid() + "]";
    }
}
