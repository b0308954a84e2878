package io.mcpgateway.broker.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes response bodies on which nothing arrived for too long, since reading one knows no time limit itself. */
final class IdleWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);

    private final Duration limit;
    private final ScheduledThreadPoolExecutor timer;

    IdleWatch(Duration limit) {
        this.limit = limit;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("idle-watch").factory());
        // Most bodies end long before their limit; a cancelled check must not stay until then.
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Watches until the watched body is released. */
    Watched watch(Closeable body) {
        return new Watched(body);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One body under watch. */
    final class Watched implements AutoCloseable {
        private final Closeable body;
        private final AtomicLong lastSign = new AtomicLong(System.nanoTime());
        private final ScheduledFuture<?> check;

        private Watched(Closeable body) {
            this.body = body;
            this.check = timer.scheduleWithFixedDelay(
                    this::closeIfIdle, limit.toNanos(), Math.max(1, limit.toNanos() / 4), TimeUnit.NANOSECONDS);
        }

        /** Something arrived. */
        void sign() {
            lastSign.set(System.nanoTime());
        }

        private void closeIfIdle() {
            if (System.nanoTime() - lastSign.get() < limit.toNanos()) {
                return;
            }
            try {
                body.close();
            } catch (IOException problem) {
                LOG.debug("closing an idle response failed cause={}", problem.toString());
            }
        }

        @Override
        public void close() {
            check.cancel(false);
        }
    }
}
