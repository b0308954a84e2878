package io.mcpgateway.broker.session;

import io.mcpgateway.broker.mcp.LogLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where server sessions of gateway sessions are kept, and which gateway sessions were ended. Implementations are
 * thread-safe and bounded; an entry lives no longer than its gateway session. Losing an entry is allowed (a new server
 * session is made), inventing or mixing one up is not.
 */
public interface SessionStore {
    /** The server session of this gateway session at this server, if one is known. */
    Optional<ServerSession> find(GatewaySessionId session, ServerKey server);

    /** Keeps (or replaces) the server session until the gateway session expires. Ignored for a revoked session. */
    void put(GatewaySession session, ServerKey server, ServerSession serverSession);

    /**
     * Drops the mapping if it still is {@code server}, so that a late 404 does not drop a newer session.
     *
     * @return whether it was dropped
     */
    boolean remove(GatewaySessionId session, ServerKey server, ServerSession serverSession);

    /**
     * Ends a gateway session: from now on {@link #revoked} answers true until it would have expired.
     *
     * @return the server sessions that it had, for whoever wants to end them too
     * @throws SessionStoreException if the end cannot be remembered; the session then is still alive
     */
    List<Entry> revoke(GatewaySession session);

    /**
     * Whether the session was ended.
     *
     * @throws SessionStoreException if that cannot be found out
     */
    boolean revoked(GatewaySessionId session);

    /** Whether calls may block, so event loops must not make them. */
    default boolean remote() {
        return false;
    }

    /** Call this for each session that starts here, so it is known when the store cannot be read. */
    default void begun(GatewaySession session) {}

    /** The verdict on a token, corrected by what only the store knows: whether the session was ended. */
    default SessionVerdict confirm(SessionVerdict verdict) {
        if (!(verdict instanceof SessionVerdict.Valid(GatewaySession session))) {
            return verdict;
        }
        try {
            return revoked(session.id()) ? new SessionVerdict.Revoked() : verdict;
        } catch (SessionStoreException unknown) {
            return new SessionVerdict.Unconfirmed();
        }
    }

    /** The server sessions known of this gateway session, in no particular order; none of an unknown or ended one. */
    List<Entry> all(GatewaySessionId session);

    /**
     * Remembers the level of log messages that the client asked for, until the session expires; a later one replaces it.
     * Ignored for a revoked session. It may be lost: servers then use their own level.
     */
    void setLogLevel(GatewaySession session, LogLevel level);

    /** What {@link #setLogLevel} remembered last, if it still is. */
    Optional<LogLevel> logLevel(GatewaySessionId session);

    /**
     * Remembers, until the session expires, that its client wants to know when a resource changes.
     *
     * @return false if that cannot be remembered: there are too many, the session has ended, or the store is away
     */
    boolean watch(GatewaySession session, Watched resource);

    /** Forgets what {@link #watch} remembered. */
    void unwatch(GatewaySession session, Watched resource);

    /** The resources whose changes the session's client wants to know, in no particular order. */
    Set<Watched> watched(GatewaySessionId session);

    /** A resource, by the URI that the client wrote, with the server it belongs to. */
    record Watched(ServerKey server, String uri) {}

    /** One server session with the server it belongs to. */
    record Entry(ServerKey server, ServerSession serverSession) {}
}
