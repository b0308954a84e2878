package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.telemetry.PooledClosing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions at legacy servers that calls of modern clients are made in. Calls that race for one share one initialize
 * and its outcome; a failure is told to those who waited and then forgotten. What nobody used for a while is ended.
 * Callers without credentials share only where the server's registration says so: otherwise each of their calls has its
 * session, which ends with it.
 */
public final class SessionPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionPool.class);

    /** What a call gets. */
    public sealed interface Obtained {
        record Ready(Lease lease) implements Obtained {
            public Ready {
                Objects.requireNonNull(lease, "lease");
            }
        }

        record Failed(McpOutcome.Failure failure) implements Obtained {
            public Failed {
                Objects.requireNonNull(failure, "failure");
            }
        }

        /** There is no room for another session; the message is for the client. */
        record TooMany(String message) implements Obtained {
            public TooMany {
                Objects.requireNonNull(message, "message");
            }
        }
    }

    private final PoolLimits limits;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final BridgeMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SessionKey, PooledSession> shared = new HashMap<>();
    private int alone;

    /** An empty one; {@code ids} gives a fresh unguessable ID per call. */
    public SessionPool(PoolLimits limits, Supplier<String> ids, InstantSource clock, BridgeMetrics metrics) {
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** A session for one call: one that exists, or a new one. */
    public Obtained obtain(SessionKey key, SessionDoor door) throws InterruptedException {
        List<PooledSession> evicted = new ArrayList<>(1);
        PooledSession pooled;
        boolean mine;
        lock.lock();
        try {
            PooledSession known = key.isShared() ? shared.get(key) : null;
            mine = known == null;
            if (known != null) {
                known.used(door);
                pooled = known;
            } else {
                Optional<String> full = makeRoom(key, evicted);
                if (full.isPresent()) {
                    metrics.sessionOpened(door.serverName(), "refused");
                    return new Obtained.TooMany(full.get());
                }
                pooled = new PooledSession(new GatewaySessionId(ids.get()), door, metrics);
                keep(key, pooled);
            }
        } finally {
            lock.unlock();
        }
        evicted.forEach(old -> old.end(PooledClosing.EVICTED));
        if (mine) {
            // On a thread of its own: the first caller may be interrupted while others still wait.
            Thread.ofVirtual().name("pool-initialize").start(() -> open(key, pooled, door));
        }
        return await(key, pooled);
    }

    private void open(SessionKey key, PooledSession pooled, SessionDoor door) {
        SessionDoor.Opening opening =
                new SessionDoor.Opening.Failed(new McpOutcome.Unreachable("the session could not be opened"));
        try {
            opening = door.open(pooled.affinity());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            log.error(
                    "server session failed unexpectedly server={}", key.server().value(), bug);
        } finally {
            boolean opened = opening instanceof SessionDoor.Opening.Opened;
            metrics.sessionOpened(door.serverName(), opened ? "success" : "failure");
            if (!opened) {
                forget(key, pooled);
            }
            pooled.opening().complete(opening);
        }
        if (abandoned(key, pooled)) {
            pooled.end(PooledClosing.CALL_OVER);
        }
    }

    /** Whether nobody waited so long. */
    private boolean abandoned(SessionKey key, PooledSession pooled) {
        lock.lock();
        try {
            return pooled.isUnused() && !pooled.equals(shared.get(key));
        } finally {
            lock.unlock();
        }
    }

    private Obtained await(SessionKey key, PooledSession pooled) throws InterruptedException {
        try {
            return switch (pooled.opening().get(limits.opening().toMillis(), TimeUnit.MILLISECONDS)) {
                case SessionDoor.Opening.Opened opened -> new Obtained.Ready(new Lease(key, pooled, opened));
                case SessionDoor.Opening.Failed(McpOutcome.Failure failure) -> {
                    unused(key, pooled);
                    yield new Obtained.Failed(failure);
                }
            };
        } catch (InterruptedException cancelled) {
            unused(key, pooled);
            throw cancelled;
        } catch (TimeoutException late) {
            unused(key, pooled);
            return new Obtained.Failed(new McpOutcome.Timeout("timed out during initialize"));
        } catch (ExecutionException bug) {
            throw new IllegalStateException("an opening completes with an outcome, never with an exception", bug);
        }
    }

    /** The call is over. */
    public void release(Lease lease) {
        unused(lease.key(), lease.pooled());
    }

    /** The server does not know the session any more. */
    public void lost(Lease lease) {
        log.info(
                "server session unknown to its server, dropped: server={}",
                lease.key().server().value());
        forget(lease.key(), lease.pooled());
        lease.pooled().lost();
        unused(lease.key(), lease.pooled());
    }

    /** Ends what nobody used for too long. */
    public void sweep() {
        Instant before = clock.instant().minus(limits.idle());
        taken(pooled -> pooled.isUnused() && !pooled.unusedSince().isAfter(before))
                .forEach(pooled -> pooled.end(PooledClosing.IDLE));
    }

    /** Ends what nobody uses now. */
    public void drain() {
        endAll(taken(PooledSession::isUnused));
    }

    /** Ends all that are kept, whoever uses them. */
    @Override
    public void close() {
        endAll(taken(_ -> true));
    }

    private List<PooledSession> taken(Predicate<PooledSession> which) {
        List<PooledSession> taken = new ArrayList<>();
        lock.lock();
        try {
            shared.values().removeIf(pooled -> which.test(pooled) && taken.add(pooled));
        } finally {
            lock.unlock();
        }
        return taken;
    }

    private void endAll(List<PooledSession> all) {
        List<Thread> ending = all.stream()
                .flatMap(pooled -> pooled.end(PooledClosing.STOPPED).stream())
                .toList();
        try {
            for (Thread each : ending) {
                each.join(limits.opening());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many there are now. */
    public int size() {
        lock.lock();
        try {
            return shared.size() + alone;
        } finally {
            lock.unlock();
        }
    }

    private void keep(SessionKey key, PooledSession pooled) {
        if (key.isShared()) {
            shared.put(key, pooled);
        } else {
            alone++;
        }
    }

    private void forget(SessionKey key, PooledSession pooled) {
        lock.lock();
        try {
            shared.remove(key, pooled);
        } finally {
            lock.unlock();
        }
    }

    private void unused(SessionKey key, PooledSession pooled) {
        boolean ends;
        lock.lock();
        try {
            pooled.unused(clock.instant());
            if (!key.isShared()) {
                alone--;
            }
            // One that the pool does not keep any more was lost, or never opened, or the pool was closed.
            ends = pooled.isUnused() && !key.isShared();
        } finally {
            lock.unlock();
        }
        if (ends) {
            pooled.end(PooledClosing.CALL_OVER);
        }
    }

    /** The message if there is no room even without the sessions that nobody uses. */
    private Optional<String> makeRoom(SessionKey key, List<PooledSession> evicted) {
        if (key.isShared()) {
            long ofCaller = shared.keySet().stream().filter(key::isOfSameCaller).count();
            if (ofCaller >= limits.perCaller() && !evict(key::isOfSameCaller, evicted)) {
                return Optional.of((key.isAnonymous()
                                ? "too many sessions of callers without a credential at this server: the limit is "
                                : "too many sessions of this caller at servers: the limit is ")
                        + limits.perCaller());
            }
        }
        boolean full = shared.size() + alone >= limits.inAll();
        return full && !evict(_ -> true, evicted)
                ? Optional.of("too many sessions at servers: the limit is " + limits.inAll())
                : Optional.empty();
    }

    /** Takes out the one that was not used for the longest time, if any is not in use. */
    private boolean evict(Predicate<SessionKey> which, List<PooledSession> evicted) {
        Optional<Map.Entry<SessionKey, PooledSession>> oldest = shared.entrySet().stream()
                .filter(entry -> entry.getValue().isUnused())
                .filter(entry -> which.test(entry.getKey()))
                .min(Comparator.comparing(entry -> entry.getValue().unusedSince()));
        oldest.ifPresent(entry -> {
            shared.remove(entry.getKey());
            evicted.add(entry.getValue());
        });
        return oldest.isPresent();
    }
}
