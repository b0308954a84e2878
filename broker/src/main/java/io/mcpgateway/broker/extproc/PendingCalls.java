package io.mcpgateway.broker.extproc;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Calls that wait for a server session, off the event loop and at most so many at a time. */
final class PendingCalls {
    /** What the client of a refused call is told. */
    static final String TOO_MANY = "too many calls are waiting for a session at a server; try again";

    private final Executor executor;
    private final Semaphore permits;

    PendingCalls(Executor executor, int maximum) {
        this.executor = Objects.requireNonNull(executor, "executor");
        this.permits = new Semaphore(maximum);
    }

    /** Runs the task elsewhere, soon; false if too many run already. */
    boolean tryRun(Runnable task) {
        if (!permits.tryAcquire()) {
            return false;
        }
        boolean handedOver = false;
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    permits.release();
                }
            });
            handedOver = true;
        } finally {
            if (!handedOver) {
                permits.release();
            }
        }
        return true;
    }
}
