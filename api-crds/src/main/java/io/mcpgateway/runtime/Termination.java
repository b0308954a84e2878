package io.mcpgateway.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of this process. A signal, or the process itself, asks for it; the main thread then finishes its work. */
public final class Termination {
    /** Shorter than the time after which Kubernetes kills a Pod of ours; each process bounds its own work below this. */
    public static final Duration LONGEST = Duration.ofSeconds(55);

    private static final Logger log = LoggerFactory.getLogger(Termination.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicBoolean signalled = new AtomicBoolean();

    /**
     * Runs the program on this thread. If it returns by itself, the process exits with its exit code; after a signal, the
     * process ends as soon as it has returned.
     */
    public static void run(ToIntFunction<Termination> program) {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(new Thread(termination::onSignal, "shutdown"));
        int exit = 1;
        try {
            exit = program.applyAsInt(termination);
        } finally {
            termination.finished.countDown();
        }
        if (!termination.signalled.get()) {
            System.exit(exit);
        }
    }

    /** Asks for the end. */
    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until the end is asked for. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Waits until the end is asked for, but not longer than this. False if it was not. */
    public boolean await(Duration longest) throws InterruptedException {
        return requested.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The machine ends the process when this returns. It runs as well when the program exits by itself. */
    private void onSignal() {
        signalled.set(finished.getCount() > 0);
        request();
        try {
            if (!finished.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("shutdown did not finish within {} s", LONGEST.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
