package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One session, from the moment somebody wants it. But for the level, the pool's lock guards what changes. */
final class PooledSession {
    private final GatewaySessionId affinity;
    private final CompletableFuture<SessionDoor.Opening> opening = new CompletableFuture<>();
    private final AtomicReference<@Nullable LogLevel> level = new AtomicReference<>();
    private final AtomicReference<@Nullable OwnStream> stream = new AtomicReference<>();
    private final ConcurrentMap<String, Integer> subscriptions = new ConcurrentHashMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile SessionDoor door;
    private int users = 1;
    private Instant unusedSince = Instant.MAX;

    /** In use by one. */
    PooledSession(GatewaySessionId affinity, SessionDoor door) {
        this.affinity = affinity;
        this.door = door;
    }

    GatewaySessionId affinity() {
        return affinity;
    }

    CompletableFuture<SessionDoor.Opening> opening() {
        return opening;
    }

    /** The latest, whose credential is the most likely one to be still good. */
    SessionDoor door() {
        return door;
    }

    /** The session's own stream, which nobody has to hear. */
    OwnStream stream(ServerSession session) {
        OwnStream fresh = new OwnStream(this::door, affinity, session);
        OwnStream known = stream.compareAndExchange(null, fresh);
        return known == null ? fresh : known;
    }

    /** Nobody can use it any more. */
    void over() {
        OwnStream open = stream.get();
        if (open != null) {
            open.end();
        }
    }

    /** True once: the thread that opened it and one that ends it may both find that nobody uses it. */
    boolean endsNow() {
        return ended.compareAndSet(false, true);
    }

    /** Whether somebody subscribed to the resource for the first time. */
    boolean subscribes(String uri) {
        return subscriptions.merge(uri, 1, Integer::sum) == 1;
    }

    /** Whether nobody is subscribed to the resource any more. */
    boolean unsubscribes(String uri) {
        return subscriptions.computeIfPresent(uri, (_, count) -> count == 1 ? null : count - 1) == null;
    }

    void used(SessionDoor by) {
        users++;
        door = by;
        unusedSince = Instant.MAX;
    }

    void unused(Instant now) {
        users--;
        if (users == 0) {
            unusedSince = now;
        }
    }

    boolean isUnused() {
        return users == 0;
    }

    /** In the far future while it is used. */
    Instant unusedSince() {
        return unusedSince;
    }

    boolean lowers(LogLevel wanted) {
        LogLevel before = level.getAndAccumulate(
                wanted, (known, other) -> known == null || other == null || other.compareTo(known) < 0 ? other : known);
        return before == null || wanted.compareTo(before) < 0;
    }
}
