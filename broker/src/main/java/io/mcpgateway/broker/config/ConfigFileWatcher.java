package io.mcpgateway.broker.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Keeps the running configuration equal to a file. The content is read and compared at a short interval: that sees an
 * atomic symlink swap, a rename and a truncate-then-write alike, and needs no file-event quota of the machine. A new
 * content counts once it was read twice in a row, so a file is not taken while it is being written. What does not parse
 * is refused and logged once, and the last good configuration stays.
 */
public final class ConfigFileWatcher implements AutoCloseable {
    /** Stands for a file that cannot be read; no file has this content, for it is not UTF-8 text. */
    private static final String UNREADABLE = "\uD800";

    private final Path file;
    private final Duration interval;
    private final ConfigApplier applier;
    private final BooleanSupplier superseded;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String settled = "";
    private String lastRead = "";

    /**
     * A watcher that does nothing before its start.
     *
     * @param superseded whether a fresher source is at work now; the file's changes are then only taken note of
     */
    public ConfigFileWatcher(Path file, Duration interval, ConfigApplier applier, BooleanSupplier superseded) {
        this.file = file;
        this.interval = interval;
        this.applier = applier;
        this.superseded = superseded;
    }

    /**
     * Loads the file now and watches it from then on.
     *
     * @return the problems that keep the process from starting; empty if it runs
     */
    public List<String> start() {
        String content;
        try {
            content = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return List.of("cannot read the configuration file " + file + ": " + cause(unreadable));
        }
        List<String> problems = apply(content);
        if (problems.isEmpty()) {
            lastRead = content;
            Thread.ofVirtual().name("config-file-watcher").start(this::watch);
        }
        return problems;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                poll();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at the file. */
    void poll() {
        String content;
        List<String> unreadable = List.of();
        try {
            content = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException problem) {
            content = UNREADABLE;
            unreadable = List.of("cannot read it: " + cause(problem));
        }
        boolean stable = content.equals(lastRead);
        lastRead = content;
        if (!stable || content.equals(settled)) {
            return;
        }
        if (superseded.getAsBoolean()) {
            settled = content;
            return;
        }
        List<String> problems = unreadable.isEmpty() ? changed(content) : unreadable;
        settled = content;
        if (!problems.isEmpty()) {
            applier.refused(problems, source(), unreadable.isEmpty() ? content : "");
        }
    }

    /** A file of which the end is missing may still be a valid document, with fewer servers. */
    private List<String> changed(String content) {
        boolean flow = content.stripLeading().startsWith("{");
        return flow || content.isEmpty() || content.endsWith("\n")
                ? apply(content)
                : List.of("it does not end with a line break, so it may be incomplete; end the file with a line break");
    }

    private List<String> apply(String content) {
        List<String> problems = applier.apply(content, source());
        if (problems.isEmpty()) {
            settled = content;
        }
        return problems;
    }

    private String source() {
        return "file=" + file;
    }

    private static String cause(IOException problem) {
        return problem instanceof NoSuchFileException ? "no such file" : String.valueOf(problem.getMessage());
    }
}
