package io.mcpgateway.e2e.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The programs that this one started, and those that they started: none is to outlive it, whatever ends it. */
public final class Offspring {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Offspring() {}

    /** From now on SIGTERM and Ctrl-C end them too. */
    public static void endsWithUs() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ProcessHandle.current(), GRACE), "end-of-offspring"));
    }

    /** Ends all that this process started: asked first, by force when the time is over. */
    static void end(ProcessHandle parent, Duration grace) {
        Instant deadline = Instant.now().plus(grace);
        // One whose parent has ended is no descendant any more.
        Set<ProcessHandle> known = new HashSet<>();
        do {
            parent.descendants().filter(known::add).forEach(ProcessHandle::destroy);
            known.removeIf(process -> !process.isAlive());
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (!known.isEmpty() && Instant.now().isBefore(deadline));
        known.forEach(ProcessHandle::destroyForcibly);
    }
}
