package io.mcpgateway.broker.limits;

import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** How many calls wait for their clients' responses, for each caller and at each server. */
public final class ParkedCalls {
    private final ParkedLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final KeyedCounts<CallerBinding> callers = new KeyedCounts<>();
    private final KeyedCounts<ServerKey> servers = new KeyedCounts<>();
    private int all;

    public ParkedCalls(ParkedLimits limits) {
        this.limits = limits;
    }

    /**
     * A call begins to wait, unless there are too many.
     *
     * @param serverName as clients know it
     * @return empty if it does, and {@link #end} must follow; otherwise the message for the client
     */
    public Optional<String> begin(CallerBinding caller, ServerKey server, String serverName) {
        lock.lock();
        try {
            if (isCounted(caller) && callers.isReached(limits.perCaller(), caller)) {
                return Optional.of("too many calls of this caller wait for input: the limit is " + limits.perCaller());
            }
            if (servers.isReached(limits.perServer(), server)) {
                return Optional.of("too many calls for server \"" + serverName + "\" wait for input: the limit is "
                        + limits.perServer());
            }
            if (limits.inAll() != 0 && all >= limits.inAll()) {
                return Optional.of("too many calls wait for input: the limit is " + limits.inAll());
            }
            if (isCounted(caller)) {
                callers.enter(caller);
            }
            servers.enter(server);
            all++;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** A call that began to wait does so no longer, however that came. */
    public void end(CallerBinding caller, ServerKey server) {
        lock.lock();
        try {
            if (isCounted(caller)) {
                callers.leave(caller);
            }
            servers.leave(server);
            all--;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait now. */
    public int count() {
        lock.lock();
        try {
            return all;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isCounted(CallerBinding caller) {
        return !caller.equals(CallerBinding.ANONYMOUS);
    }
}
