package io.mcpgateway.e2e.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The programs that this one started, and those that they started: none may outlive it, however it ends. */
public final class Offspring {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Offspring() {}

    /** From now on, SIGTERM and Ctrl-C end them too. */
    public static void endsWithUs() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ProcessHandle.current(), GRACE), "end-of-offspring"));
    }

    /** Ends everything that this process started: with SIGTERM first, and by force after a timeout. */
    static void end(ProcessHandle parent, Duration grace) {
        Instant deadline = Instant.now().plus(grace);
        // A process whose parent has ended is no longer a descendant.
        Set<ProcessHandle> known = new HashSet<>();
        do {
            parent.descendants().filter(known::add).forEach(ProcessHandle::destroy);
            known.removeIf(process -> !process.isAlive());
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (!known.isEmpty() && Instant.now().isBefore(deadline));
        known.forEach(ProcessHandle::destroyForcibly);
    }
}
