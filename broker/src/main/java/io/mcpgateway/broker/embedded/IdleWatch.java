package io.mcpgateway.broker.embedded;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends responses of which nothing arrived for too long, or that take too long, since reading one knows no time limit
 * itself.
 */
final class IdleWatch implements AutoCloseable {
    private final Duration limit;
    private final ScheduledThreadPoolExecutor timer;

    IdleWatch(Duration limit) {
        this.limit = limit;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("idle-watch").factory());
        // Most bodies end long before their limit; a cancelled check must not stay until then.
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Calls {@code end}, from time to time, when nothing has arrived for too long, until this is closed. */
    Watched watch(Runnable end) {
        Watched watched = new Watched(end, limit, true);
        watched.start();
        return watched;
    }

    /** The same from {@code latest} by the nano clock on, however much arrives. */
    Watched watchUntil(Runnable end, long latest) {
        Watched watched = new Watched(end, Duration.ofNanos(Math.max(1, latest - System.nanoTime())), false);
        watched.start();
        return watched;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One response under watch. */
    final class Watched implements AutoCloseable {
        private final Runnable end;
        private final Duration allowed;
        private final boolean renewed;
        private final AtomicLong lastSign = new AtomicLong(System.nanoTime());
        private volatile boolean over;
        private @Nullable ScheduledFuture<?> check;

        private Watched(Runnable end, Duration allowed, boolean renewed) {
            this.end = end;
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
            over = true;
            end.run();
        }

        /** Whether the time was over. */
        boolean isOver() {
            return over;
        }

        @Override
        public void close() {
            if (check != null) {
                check.cancel(false);
            }
        }
    }
}
