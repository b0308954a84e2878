package io.mcpgateway.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of this process, requested by a signal or the process itself; the main thread then finishes its work. */
public final class Termination {
    /** Shorter than our Pods' grace period in Kubernetes; each process limits its own shutdown to less than this. */
    public static final Duration LONGEST = Duration.ofSeconds(55);

    private static final Logger log = LoggerFactory.getLogger(Termination.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicBoolean signalled = new AtomicBoolean();

    /**
     * Runs the program on this thread. If it returns by itself, the process exits with its code. After a signal, the
     * process ends when it has returned.
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

    /** Requests the end. */
    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until the end is requested. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Waits until the end is requested, but not longer than this. False if it was not. */
    public boolean await(Duration longest) throws InterruptedException {
        return requested.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The JVM ends the process when this returns. It also runs when the program exits by itself. */
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
