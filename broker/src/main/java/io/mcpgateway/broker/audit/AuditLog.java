package io.mcpgateway.broker.audit;

import io.mcpgateway.broker.telemetry.AuditMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines in the order in which they come, each with one write, on a thread of its own: a call never waits for the
 * log. If {@link #MAX_WAITING} lines wait, further ones are dropped and counted, and the log gets a line that says how many
 * are missing. Safe for several threads.
 */
public final class AuditLog implements AutoCloseable {
    /** Lines are at most some 3 KiB, so this is at most some 12 MiB. */
    static final int MAX_WAITING = 4096;

    private static final long CLOSING_MILLIS = 5000;
    private static final long LOOK_MILLIS = 100;
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong missing = new AtomicLong();
    private final OutputStream out;
    private final AuditMetrics metrics;
    private final Thread writer;
    private volatile boolean closing;

    private AuditLog(OutputStream out, AuditMetrics metrics) {
        this.out = Objects.requireNonNull(out, "out");
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.writer = Thread.ofPlatform().name("audit-log").daemon().unstarted(this::writeAll);
    }

    /**
     * A log that takes lines now.
     *
     * @param out without a buffer; closed with the log
     */
    public static AuditLog start(OutputStream out, AuditMetrics metrics) {
        AuditLog started = new AuditLog(out, metrics);
        started.writer.start();
        return started;
    }

    /** Never blocks. */
    public void add(String line) {
        if (closing || !waiting.offer(line)) {
            metrics.dropped();
            if (missing.getAndIncrement() == 0) {
                log.warn("audit lines are dropped: their log does not take them fast enough");
            }
        }
    }

    private void writeAll() {
        boolean broken = false;
        try {
            while (true) {
                String line = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (line == null && closing) {
                    return;
                }
                if (line != null) {
                    broken = write(line, broken);
                }
                if (missing.get() > 0 && waiting.isEmpty()) {
                    writeGap();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether it could not be written. */
    private boolean write(String line, boolean wasBroken) {
        try {
            out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            metrics.written();
            return false;
        } catch (IOException problem) {
            metrics.failed();
            missing.incrementAndGet();
            if (!wasBroken) {
                log.error("audit lines cannot be written: {}", problem.getMessage());
            }
            return true;
        }
    }

    private void writeGap() {
        long lines = missing.get();
        try {
            out.write(("{\"missing\":" + lines + "}\n").getBytes(StandardCharsets.UTF_8));
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
        while (waiting.poll() != null) {
            metrics.dropped();
        }
        if (!writer.isAlive()) {
            try {
                out.close();
            } catch (IOException problem) {
                log.warn("the audit log could not be closed: {}", problem.getMessage());
            }
        }
    }
}
