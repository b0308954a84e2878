package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.telemetry.PooledClosing;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session, from the moment somebody wants it. But for the level, the pool's lock guards what changes. */
final class PooledSession {
    private static final Logger log = LoggerFactory.getLogger(PooledSession.class);
    private static final SessionDoor.Opening NOT_YET =
            new SessionDoor.Opening.Failed(new McpOutcome.Timeout("not yet"));

    private final GatewaySessionId affinity;
    private final BridgeMetrics metrics;
    private final CompletableFuture<SessionDoor.Opening> opening = new CompletableFuture<>();
    private final AtomicReference<@Nullable LogLevel> level = new AtomicReference<>();
    private final AtomicReference<@Nullable OwnStream> stream = new AtomicReference<>();
    private final ConcurrentMap<String, Integer> subscriptions = new ConcurrentHashMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile SessionDoor door;
    private int users = 1;
    private Instant unusedSince = Instant.MAX;

    /** In use by one. */
    PooledSession(GatewaySessionId affinity, SessionDoor door, BridgeMetrics metrics) {
        this.affinity = affinity;
        this.door = door;
        this.metrics = metrics;
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

    /** The server does not know it any more. */
    void lost() {
        over();
        if (closesNow()) {
            metrics.sessionClosed(door.serverName(), PooledClosing.LOST);
        }
    }

    /** Nobody can use it any more: tells the server once, if there is a session; on a thread of its own. */
    Optional<Thread> end(PooledClosing reason) {
        over();
        if (!(opening.getNow(NOT_YET) instanceof SessionDoor.Opening.Opened opened && closesNow())) {
            return Optional.empty();
        }
        metrics.sessionClosed(door.serverName(), reason);
        return Optional.of(Thread.ofVirtual().name("pool-delete").start(() -> end(opened)));
    }

    private void end(SessionDoor.Opening.Opened opened) {
        try {
            door.end(affinity, opened.session());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            log.error("server session not ended", bug);
        }
    }

    private void over() {
        OwnStream open = stream.get();
        if (open != null) {
            open.end();
        }
    }

    /** True once: the thread that opened it and one that ends it may both find that nobody uses it. */
    private boolean closesNow() {
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
