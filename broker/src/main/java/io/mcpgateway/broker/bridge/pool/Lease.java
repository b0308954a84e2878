package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.client.call.CallListener;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;

/** A session in use by one call. {@link SessionPool#release} or {@link SessionPool#lost} must follow, once. */
public final class Lease {
    private final SessionKey key;
    private final PooledSession pooled;
    private final SessionDoor.Opening.Opened opened;

    Lease(SessionKey key, PooledSession pooled, SessionDoor.Opening.Opened opened) {
        this.key = key;
        this.pooled = pooled;
        this.opened = opened;
    }

    public ServerSession session() {
        return opened.session();
    }

    /** In place of a gateway session's ID. */
    public GatewaySessionId affinity() {
        return pooled.affinity();
    }

    /**
     * Whether the server has to be told to log from this level on. It is told once for each lower level: others use the
     * session too, and everybody drops what is too much.
     */
    public boolean lowers(LogLevel level) {
        return opened.logs() && pooled.lowers(level);
    }

    /** Has a call hear what the server says on the session's own stream; returns when that is so, or soon after. */
    public void hear(CallListener call) throws InterruptedException {
        pooled.stream(session()).join(call);
    }

    public void leave(CallListener call) {
        pooled.stream(session()).leave(call);
    }

    /** The same for what belongs to no call; whether the server says anything there. */
    public boolean watch(Watcher watcher) throws InterruptedException {
        return pooled.stream(session()).join(watcher);
    }

    public void leave(Watcher watcher) {
        pooled.stream(session()).leave(watcher);
    }

    /** Whether the server has to be told that somebody wants to know of changes of the resource: others may, too. */
    public boolean subscribes(String uri) {
        return pooled.subscribes(uri);
    }

    /** Whether the server has to be told that nobody does any more. */
    public boolean unsubscribes(String uri) {
        return pooled.unsubscribes(uri);
    }

    SessionKey key() {
        return key;
    }

    PooledSession pooled() {
        return pooled;
    }
}
