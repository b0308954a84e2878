package io.mcpgateway.broker.session.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.session.memory.InMemorySessionStore.Bounds;
import io.mcpgateway.broker.session.redis.RedisSessionStore.Kept;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What this process has seen of the shared store, for times when that cannot be reached. Bounded, expiring. */
final class SeenSessions {
    private record Mapping(GatewaySessionId session, ServerKey server) {}

    private final InMemorySessionStore all;
    /** Only what was made while the store was away. */
    private final Cache<Mapping, Kept> unshared;

    /** Only what began before the store was reached for the first time. */
    private final Cache<GatewaySessionId, Boolean> begunHere;

    private volatile boolean endsForgotten;

    SeenSessions(Bounds bounds, InstantSource clock) {
        this.all = new InMemorySessionStore(bounds, clock);
        this.unshared = Caffeine.newBuilder()
                .maximumSize(bounds.sessions())
                .executor(Runnable::run)
                .build();
        this.begunHere = Caffeine.newBuilder()
                .maximumSize(bounds.sessions())
                .executor(Runnable::run)
                .build();
    }

    void begun(GatewaySession session) {
        begunHere.put(session.id(), true);
    }

    boolean hasBegunHere(GatewaySessionId session) {
        return begunHere.getIfPresent(session) != null;
    }

    Optional<ServerSession> find(GatewaySessionId session, ServerKey server) {
        return all.find(session, server);
    }

    List<SessionStore.Entry> all(GatewaySessionId session) {
        return all.all(session);
    }

    void setLogLevel(GatewaySession session, LogLevel level) {
        all.setLogLevel(session, level);
    }

    Optional<LogLevel> logLevel(GatewaySessionId session) {
        return all.logLevel(session);
    }

    /** Each is given once: whoever takes it hands it to the store. */
    Optional<Kept> takeUnshared(GatewaySessionId session, ServerKey server) {
        return Optional.ofNullable(unshared.asMap().remove(new Mapping(session, server)));
    }

    void put(GatewaySession session, ServerKey server, ServerSession serverSession, boolean shared) {
        all.put(session, server, serverSession);
        if (!shared) {
            unshared.put(new Mapping(session.id(), server), new Kept(serverSession, session.expiresAt()));
        }
    }

    /** What the store said last. */
    void note(GatewaySessionId session, ServerKey server, Optional<Kept> kept) {
        Optional<ServerSession> before = all.find(session, server);
        if (kept.isPresent() && !before.equals(kept.map(Kept::serverSession))) {
            all.put(bare(session, kept.get().expiresAt()), server, kept.get().serverSession());
        } else if (kept.isEmpty()) {
            before.ifPresent(stale -> all.remove(session, server, stale));
        }
    }

    boolean remove(GatewaySessionId session, ServerKey server, ServerSession serverSession) {
        unshared.asMap()
                .computeIfPresent(
                        new Mapping(session, server),
                        (_, kept) -> kept.serverSession().equals(serverSession) ? null : kept);
        return all.remove(session, server, serverSession);
    }

    void ended(GatewaySessionId session, Instant expiresAt) {
        try {
            all.revoke(bare(session, expiresAt));
        } catch (SessionStoreException full) {
            endsForgotten = true;
        }
    }

    boolean isEnded(GatewaySessionId session) {
        return all.revoked(session);
    }

    /** False once there were more than could be remembered. */
    boolean knowsEveryEnd() {
        return !endsForgotten;
    }

    /** The store keeps no more of a session than its name and its end. */
    private static GatewaySession bare(GatewaySessionId session, Instant expiresAt) {
        return new GatewaySession(
                session, expiresAt, CallerBinding.ANONYMOUS, Optional.empty(), "", ClientFeatures.NONE);
    }
}
