package io.mcpgateway.broker.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Holds the current {@link GatewaySnapshot}: reads are a volatile load, writes are serialised. */
public final class SnapshotCell {
    /** Told of every change, in order, on the writer's thread; must return quickly and not throw. */
    @FunctionalInterface
    public interface Listener {
        void changed(GatewaySnapshot before, GatewaySnapshot after);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile GatewaySnapshot current = GatewaySnapshot.EMPTY;

    public GatewaySnapshot get() {
        return current;
    }

    public void addListener(Listener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Applies a change; a step that changes nothing returns the snapshot it was given (same revision). */
    public GatewaySnapshot update(UnaryOperator<GatewaySnapshot> step) {
        lock.lock();
        try {
            GatewaySnapshot before = current;
            GatewaySnapshot after = step.apply(before);
            if (after.revision() != before.revision()) {
                current = after;
                listeners.forEach(listener -> listener.changed(before, after));
                change.signalAll();
            }
            return after;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the revision is above {@code revision} or the time is up, and returns what is current then. */
    public GatewaySnapshot awaitAfter(long revision, Duration timeout) throws InterruptedException {
        long remaining = timeout.toNanos();
        lock.lock();
        try {
            while (current.revision() <= revision && remaining > 0) {
                remaining = change.awaitNanos(remaining);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }
}
