package io.mcpgateway.broker.session.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the shared store can be reached. Logs each change and calls its listener, not for each failure. */
final class StoreHealth {
    private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);

    private final String address;
    private final InstantSource clock;
    private final Consumer<Boolean> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean up = true;
    private volatile boolean reachedOnce;
    private Instant lostAt = Instant.EPOCH;

    StoreHealth(String address, InstantSource clock, Consumer<Boolean> listener) {
        this.address = address;
        this.clock = clock;
        this.listener = listener;
    }

    boolean isUp() {
        return up;
    }

    /** Whether this process has been in touch with the store, and so knows what others did. */
    boolean wasReached() {
        return reachedOnce;
    }

    void reached() {
        if (up && reachedOnce) {
            return;
        }
        lock.lock();
        try {
            boolean wasUp = up;
            boolean first = !reachedOnce;
            reachedOnce = true;
            up = true;
            if (!wasUp) {
                Duration gone = Duration.between(lostAt, clock.instant());
                log.info("session store reachable again: store={} after={}s", address, gone.toSeconds());
            }
            if (!wasUp || first) {
                listener.accept(true);
            }
        } finally {
            lock.unlock();
        }
    }

    void lost(Exception cause) {
        if (!up) {
            return;
        }
        lock.lock();
        try {
            if (!up) {
                return;
            }
            up = false;
            lostAt = clock.instant();
            log.warn(
                    "session store lost: sessions continue with what this process knows, but none can be ended; {}",
                    cause.getMessage());
            listener.accept(false);
        } finally {
            lock.unlock();
        }
    }
}
