package io.mcpgateway.broker.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes response bodies on which nothing arrived for too long, or that last too long, since reading one knows no time
 * limit itself.
 */
final class IdleWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IdleWatch.class);

    private final Duration limit;
    private final ScheduledThreadPoolExecutor timer;

    IdleWatch(Duration limit) {
        this.limit = limit;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("idle-watch").factory());
        // Most bodies end long before their limit; a cancelled check must not stay until then.
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Watches until the watched body is released; what arrives on it gives it more time. */
    Watched watch(Closeable body) {
        Watched watched = new Watched(body, limit, true);
        watched.start();
        return watched;
    }

    /** The same, however much arrives on it, until {@code end} by the nano clock. */
    Watched watchUntil(Closeable body, long end) {
        Watched watched = new Watched(body, Duration.ofNanos(Math.max(1, end - System.nanoTime())), false);
        watched.start();
        return watched;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One body under watch. */
    final class Watched implements AutoCloseable {
        private final Closeable body;
        private final Duration allowed;
        private final boolean renewed;
        private final AtomicLong lastSign = new AtomicLong(System.nanoTime());
        private @Nullable ScheduledFuture<?> check;

        private Watched(Closeable body, Duration allowed, boolean renewed) {
            this.body = body;
            this.allowed = allowed;
            this.renewed = renewed;
        }

        private void start() {
            long nanos = allowed.toNanos();
            check = timer.scheduleWithFixedDelay(this::look, nanos, Math.max(1, nanos / 4), TimeUnit.NANOSECONDS);
        }

        /** Something arrived. */
        void sign() {
            if (renewed) {
                lastSign.set(System.nanoTime());
            }
        }

        private void look() {
            if (System.nanoTime() - lastSign.get() < allowed.toNanos()) {
                return;
            }
            try {
                body.close();
            } catch (IOException problem) {
                log.debug("closing a response that lasted too long failed cause={}", problem.toString());
            }
        }

        @Override
        public void close() {
            if (check != null) {
                check.cancel(false);
            }
        }
    }
}
