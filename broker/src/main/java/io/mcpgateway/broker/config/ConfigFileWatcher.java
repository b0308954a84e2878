package io.mcpgateway.broker.config;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the running configuration equal to a file. The content is read and compared at a short interval: that sees an
 * atomic symlink swap, a rename and a truncate-then-write alike, and needs no file-event quota of the machine. A new
 * content counts once it was read twice in a row, so that a file being written is not taken half. What does not parse
 * is refused, said once, and the last good configuration stays.
 */
public final class ConfigFileWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConfigFileWatcher.class);

    /** Stands for a file that cannot be read; no file has this content, for it is not UTF-8 text. */
    private static final String UNREADABLE = "\uD800";

    private final Path file;
    private final Duration interval;
    private final SnapshotCell cell;
    private final GatewayMetrics metrics;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String settled = "";
    private String lastRead = "";

    public ConfigFileWatcher(Path file, Duration interval, SnapshotCell cell, GatewayMetrics metrics) {
        this.file = file;
        this.interval = interval;
        this.cell = cell;
        this.metrics = metrics;
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
        List<String> problems = unreadable.isEmpty() ? apply(content) : unreadable;
        settled = content;
        if (!problems.isEmpty()) {
            metrics.configLoaded("refused");
            log.error(
                    "configuration refused, the last good one stays file={} hash={} problems={}",
                    file,
                    shortHash(cell.get().configHash()),
                    problems);
        }
    }

    private List<String> apply(String content) {
        return switch (ConfigYaml.parse(content)) {
            case ConfigYaml.Result.Refused refused -> refused.problems();
            case ConfigYaml.Result.Parsed parsed -> {
                BrokerConfig config = parsed.config();
                String hash = ConfigHash.of(content);
                cell.update(snapshot -> snapshot.withConfig(config, hash));
                settled = content;
                metrics.configLoaded("applied");
                log.info(
                        "configuration applied file={} hash={} servers={} virtualServers={}",
                        file,
                        shortHash(hash),
                        config.servers().size(),
                        config.virtualServers().size());
                yield List.of();
            }
        };
    }

    private static String shortHash(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    private static String cause(IOException problem) {
        return problem instanceof java.nio.file.NoSuchFileException
                ? "no such file"
                : String.valueOf(problem.getMessage());
    }
}
