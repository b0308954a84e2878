package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One session, from the moment somebody wants it. But for the level, the pool's lock guards what changes. */
final class PooledSession {
    private final GatewaySessionId affinity;
    private final CompletableFuture<SessionDoor.Opening> opening = new CompletableFuture<>();
    private final AtomicReference<@Nullable LogLevel> level = new AtomicReference<>();
    private SessionDoor door;
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
