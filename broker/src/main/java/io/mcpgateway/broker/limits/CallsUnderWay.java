package io.mcpgateway.broker.limits;

import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls are in progress in each session and at each server. Both counts change
 * at once, so a refused call takes no place, not even for a moment.
 */
public final class CallsUnderWay {
    private final CallLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final KeyedCounts<GatewaySessionId> sessions = new KeyedCounts<>();
    private final KeyedCounts<ServerKey> servers = new KeyedCounts<>();

    public CallsUnderWay(CallLimits limits) {
        this.limits = limits;
    }

    /**
     * Starts a call, unless there are too many.
     *
     * @param serverName as clients know it
     * @return empty if it starts, and {@link #end} must follow; otherwise the message for the client
     */
    public Optional<String> begin(GatewaySessionId session, ServerKey server, String serverName) {
        lock.lock();
        try {
            if (sessions.isReached(limits.perSession(), session)) {
                return Optional.of("too many calls in progress in this session: the limit is " + limits.perSession()
                        + "; wait for one of them to end");
            }
            Optional<String> refusal = refusal(server, serverName);
            if (refusal.isEmpty()) {
                enter(session, server);
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /** The same for a call outside of any session: only {@link CallLimits#perServer} counts. */
    public Optional<String> begin(ServerKey server, String serverName) {
        lock.lock();
        try {
            Optional<String> refusal = refusal(server, serverName);
            if (refusal.isEmpty()) {
                servers.enter(server);
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> refusal(ServerKey server, String serverName) {
        return servers.isReached(limits.perServer(), server)
                ? Optional.of("too many calls in progress for server \"" + serverName + "\": the limit is "
                        + limits.perServer() + "; try again later")
                : Optional.empty();
    }

    /** Something begins that is never refused; {@link #end} has to follow. */
    public void admit(GatewaySessionId session, ServerKey server) {
        lock.lock();
        try {
            enter(session, server);
        } finally {
            lock.unlock();
        }
    }

    /** The same outside of any session. */
    public void admit(ServerKey server) {
        lock.lock();
        try {
            servers.enter(server);
        } finally {
            lock.unlock();
        }
    }

    /** A call outside of any session that began has ended, however. */
    public void end(ServerKey server) {
        lock.lock();
        try {
            servers.leave(server);
        } finally {
            lock.unlock();
        }
    }

    /** A call that began has ended, however. */
    public void end(GatewaySessionId session, ServerKey server) {
        lock.lock();
        try {
            sessions.leave(session);
            servers.leave(server);
        } finally {
            lock.unlock();
        }
    }

    private void enter(GatewaySessionId session, ServerKey server) {
        sessions.enter(session);
        servers.enter(server);
    }
}
