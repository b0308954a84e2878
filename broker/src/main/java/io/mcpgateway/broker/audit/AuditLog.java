package io.mcpgateway.broker.audit;

import io.mcpgateway.broker.telemetry.AuditMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines in the order in which they come, on a thread of its own, so a log that hangs never holds anybody up for long. If {@link #MAX_WAITING} lines wait, further ones are dropped and counted, and the log gets a line that
 * says how many are missing. Safe for several threads.
 */
public final class AuditLog implements AuditLines, AutoCloseable {
    /** Lines are at most some 3 KiB, so this is at most some 12 MiB. */
    static final int MAX_WAITING = 4096;

    private static final long CLOSING_MILLIS = 5000;
    private static final long LOOK_MILLIS = 100;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long IDLE = Long.MIN_VALUE;
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    /** A line, and who is told whether it was written. */
    private record Waiting(String text, CompletableFuture<Boolean> written) {
        /** Two calls may have the same line. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong missing = new AtomicLong();
    /** When the write that is under way began, by {@link System#nanoTime}. */
    private final AtomicLong writingSince = new AtomicLong(IDLE);

    private final AuditSink sink;
    private final AuditMetrics metrics;
    private final Thread writer;
    private volatile boolean closing;

    private AuditLog(AuditSink sink, AuditMetrics metrics) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.writer = Thread.ofPlatform().name("audit-log").daemon().unstarted(this::writeAll);
    }

    /**
     * A log that takes lines now.
     *
     * @param sink closed with the log
     */
    public static AuditLog start(AuditSink sink, AuditMetrics metrics) {
        AuditLog started = new AuditLog(sink, metrics);
        started.writer.start();
        return started;
    }

    @Override
    public void add(String line) {
        offered(line);
    }

    @Override
    public boolean write(String line) {
        if (hangs()) {
            dropped();
            return false;
        }
        Optional<Waiting> offered = offered(line);
        return offered.isPresent() && written(offered.get());
    }

    /** Empty if it was dropped. */
    private Optional<Waiting> offered(String line) {
        Waiting offered = new Waiting(line, new CompletableFuture<>());
        if (!closing && waiting.offer(offered)) {
            return Optional.of(offered);
        }
        dropped();
        return Optional.empty();
    }

    private void dropped() {
        metrics.dropped();
        if (missing.getAndIncrement() == 0) {
            log.warn("audit lines are dropped: their log does not take them fast enough");
        }
    }

    private boolean written(Waiting line) {
        try {
            return line.written().get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException hanging) {
            log.debug("an audit line is not written yet");
        }
        if (waiting.remove(line)) {
            dropped();
        }
        return line.written().getNow(false);
    }

    /** Whether a line has been in the making for so long that no caller should wait for the next one. */
    private boolean hangs() {
        long since = writingSince.get();
        return since != IDLE && System.nanoTime() - since > PATIENCE_NANOS;
    }

    private void writeAll() {
        boolean broken = false;
        try {
            while (true) {
                Waiting line = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (line == null && closing) {
                    return;
                }
                if (line != null) {
                    broken = write(withMore(line), broken);
                }
                if (missing.get() > 0 && waiting.isEmpty()) {
                    writeGap();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** As many as there are, and as the sink takes. */
    private List<Waiting> withMore(Waiting first) {
        List<Waiting> lines = new ArrayList<>();
        lines.add(first);
        waiting.drainTo(lines, sink.most() - 1);
        return lines;
    }

    /** Returns whether they could not be written. */
    private boolean write(List<Waiting> lines, boolean wasBroken) {
        try {
            leave(lines.stream().map(Waiting::text).toList());
            lines.forEach(line -> {
                metrics.written();
                line.written().complete(true);
            });
            return false;
        } catch (IOException problem) {
            lines.forEach(line -> {
                line.written().complete(false);
                metrics.failed();
            });
            missing.addAndGet(lines.size());
            if (!wasBroken) {
                log.error("audit lines cannot be written: {}", problem.getMessage());
            }
            return true;
        }
    }

    private void leave(List<String> lines) throws IOException {
        writingSince.set(System.nanoTime());
        try {
            sink.write(lines);
        } finally {
            writingSince.set(IDLE);
        }
    }

    private void writeGap() {
        long lines = missing.get();
        try {
            leave(List.of("{\"missing\":" + lines + "}"));
            missing.addAndGet(-lines);
        } catch (IOException stillBroken) {
            log.debug("audit lines still cannot be written: {}", stillBroken.getMessage());
        }
    }

    /** Writes what waits, for at most 5 s. Lines that could not be written by then are counted as dropped. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(CLOSING_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
        for (Waiting line = waiting.poll(); line != null; line = waiting.poll()) {
            metrics.dropped();
            line.written().complete(false);
        }
        if (!writer.isAlive()) {
            try {
                sink.close();
            } catch (IOException problem) {
                log.warn("the audit log could not be closed: {}", problem.getMessage());
            }
        }
    }
}
