package io.mcpgateway.broker.bridge.pool;

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

    SessionKey key() {
        return key;
    }

    PooledSession pooled() {
        return pooled;
    }
}
