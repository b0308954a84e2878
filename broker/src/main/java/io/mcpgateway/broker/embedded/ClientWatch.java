package io.mcpgateway.broker.embedded;

import io.mcpgateway.broker.http.HttpExchange;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls whose client has left while the server says nothing: the thread that waits for the server is interrupted,
 * which ends the connection to the server. Most calls are over before anybody looks, so they cost no more than a timer
 * that is set and taken back.
 */
final class ClientWatch implements AutoCloseable {
    private final Duration patience;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * Nothing is watched yet.
     *
     * @param patience from when on a call is watched
     */
    ClientWatch(Duration patience) {
        this.patience = patience;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("client-watch-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Watches the client of the calling thread until the watched call is released. */
    Watched watch(HttpExchange exchange) {
        return new Watched(exchange, Thread.currentThread());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One call. */
    final class Watched implements AutoCloseable {
        private final Thread waiting;
        private final ScheduledFuture<?> begin;
        private boolean over;

        private Watched(HttpExchange exchange, Thread waiting) {
            this.waiting = waiting;
            this.begin = timer.schedule(
                    () -> exchange.whenClientLeaves(this::left), patience.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** Never after the release: the thread does something else by then. */
        private synchronized void left() {
            if (!over) {
                waiting.interrupt();
            }
        }

        @Override
        public void close() {
            begin.cancel(false);
            synchronized (this) {
                over = true;
            }
        }
    }
}
