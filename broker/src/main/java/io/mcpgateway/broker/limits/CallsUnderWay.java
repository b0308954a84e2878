package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.session.BackendKey;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.settings.CallLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls are under way in each session and at each server. Who has none takes no room here. Both counts change
 * at once, so a call that is turned away takes nobody's place, not even for a moment.
 */
public final class CallsUnderWay {
    private final CallLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<GatewaySessionId, Integer> sessions = new HashMap<>();
    private final Map<BackendKey, Integer> servers = new HashMap<>();

    public CallsUnderWay(CallLimits limits) {
        this.limits = limits;
    }

    /**
     * A call begins, unless there are too many.
     *
     * @param serverName as clients know it
     * @return empty if it begins, and {@link #end} has to follow; else what to tell the client
     */
    Optional<String> begin(GatewaySessionId session, BackendKey server, String serverName) {
        lock.lock();
        try {
            if (isReached(limits.perSession(), sessions.getOrDefault(session, 0))) {
                return Optional.of("too many calls under way in this session: the limit is " + limits.perSession()
                        + "; wait for one of them to end");
            }
            if (isReached(limits.perServer(), servers.getOrDefault(server, 0))) {
                return Optional.of("too many calls under way for server \"" + serverName + "\": the limit is "
                        + limits.perServer() + "; try again later");
            }
            enter(session, server);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Something begins that is never refused; {@link #end} has to follow. */
    void admit(GatewaySessionId session, BackendKey server) {
        lock.lock();
        try {
            enter(session, server);
        } finally {
            lock.unlock();
        }
    }

    /** A call that began has ended, however. */
    void end(GatewaySessionId session, BackendKey server) {
        lock.lock();
        try {
            leave(sessions, session);
            leave(servers, server);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is counted. */
    boolean isIdle() {
        lock.lock();
        try {
            return sessions.isEmpty() && servers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isReached(int limit, int count) {
        return limit != 0 && count >= limit;
    }

    private void enter(GatewaySessionId session, BackendKey server) {
        sessions.merge(session, 1, Integer::sum);
        servers.merge(server, 1, Integer::sum);
    }

    private static <K> void leave(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }
}
