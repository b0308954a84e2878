package io.mcpgateway.broker.limits;

import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Answers so many messages of one session at a time: some are passed on to servers and wait for them, and one session
 * must not take the room that others need for theirs.
 */
public final class MessagesUnderWay {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final KeyedCounts<GatewaySessionId> sessions = new KeyedCounts<>();

    /** @param limit 0 for any number */
    public MessagesUnderWay(int limit) {
        this.limit = limit;
    }

    public int limit() {
        return limit;
    }

    /** The answer, or the other one if there are too many. */
    public <T> T answer(GatewaySessionId session, Supplier<T> answer, Supplier<T> tooMany) {
        if (!enter(session)) {
            return tooMany.get();
        }
        try {
            return answer.get();
        } finally {
            leave(session);
        }
    }

    private boolean enter(GatewaySessionId session) {
        lock.lock();
        try {
            boolean room = !sessions.isReached(limit, session);
            if (room) {
                sessions.enter(session);
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    private void leave(GatewaySessionId session) {
        lock.lock();
        try {
            sessions.leave(session);
        } finally {
            lock.unlock();
        }
    }
}
