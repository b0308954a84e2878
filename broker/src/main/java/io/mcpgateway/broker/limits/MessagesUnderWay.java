package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Answers so many messages of one session at a time: some are passed on to servers and wait for them, and one session
 * must not take the room that others need for theirs. A session is known here while it has any.
 */
final class MessagesUnderWay {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<GatewaySessionId, Integer> sessions = new HashMap<>();

    /** @param limit 0 for any number */
    MessagesUnderWay(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** The answer, or the other one if there are too many. */
    HttpAnswer answer(GatewaySessionId session, Supplier<HttpAnswer> answer, Supplier<HttpAnswer> tooMany) {
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
            int count = sessions.getOrDefault(session, 0);
            if (limit != 0 && count >= limit) {
                return false;
            }
            sessions.put(session, count + 1);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave(GatewaySessionId session) {
        lock.lock();
        try {
            sessions.computeIfPresent(session, (_, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }
}
