package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.session.BackendKey;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.settings.CallLimits;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many calls are under way in each session and at each server. Who has none takes no room here. */
public final class CallsUnderWay {
    private final CallLimits limits;
    private final ConcurrentMap<GatewaySessionId, Integer> sessions = new ConcurrentHashMap<>();
    private final ConcurrentMap<BackendKey, Integer> servers = new ConcurrentHashMap<>();

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
        if (!enter(sessions, session, limits.perSession())) {
            return Optional.of("too many calls under way in this session: the limit is " + limits.perSession()
                    + "; wait for one of them to end");
        }
        if (!enter(servers, server, limits.perServer())) {
            leave(sessions, session);
            return Optional.of("too many calls under way for server \"" + serverName + "\": the limit is "
                    + limits.perServer() + "; try again later");
        }
        return Optional.empty();
    }

    /** Something begins that is never refused; {@link #end} has to follow. */
    void admit(GatewaySessionId session, BackendKey server) {
        sessions.merge(session, 1, Integer::sum);
        servers.merge(server, 1, Integer::sum);
    }

    /** A call that began has ended, however. */
    void end(GatewaySessionId session, BackendKey server) {
        leave(sessions, session);
        leave(servers, server);
    }

    /** Whether nothing is counted. */
    boolean isIdle() {
        return sessions.isEmpty() && servers.isEmpty();
    }

    private static <K> boolean enter(ConcurrentMap<K, Integer> counts, K key, int limit) {
        boolean within = counts.merge(key, 1, Integer::sum) <= limit || limit == 0;
        if (!within) {
            leave(counts, key);
        }
        return within;
    }

    private static <K> void leave(ConcurrentMap<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }
}
