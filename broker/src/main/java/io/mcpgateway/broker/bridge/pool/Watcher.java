package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.json.RawJson;

/** Hears what a server says in a session outside of calls. */
public interface Watcher {
    /** A notification; called on the reading thread, which waits meanwhile. */
    void notified(RawJson message) throws InterruptedException;

    /** Nothing follows: the session is over, or its server has no such stream. */
    void ended();
}
