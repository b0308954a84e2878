package io.mcpgateway.broker.session.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Sessions in the memory of one process. A gateway session costs nothing before its first server session, and is gone
 * when it expires. Above the bounds, mappings are forgotten (they are made again), but never the end of a session that
 * could still be used: {@link #revoke} fails instead, the client learns that its session lives on, and what was revoked
 * stays revoked.
 */
public final class InMemorySessionStore implements SessionStore {
    /** As many as {@code RedisSessionStore} keeps. */
    private static final int MAX_WATCHED = 100;

    /** How much is kept, at most. */
    public record Bounds(int sessions, int serversPerSession, int revocations) {
        public Bounds {
            if (sessions < 1 || serversPerSession < 1 || revocations < 1) {
                throw new IllegalArgumentException("every bound must be positive");
            }
        }

        /** At most 256 servers for each session; four ended sessions (some 250 bytes each) for each open one. */
        public static Bounds ofSessions(int sessions) {
            return new Bounds(sessions, 256, (int) Math.min(Integer.MAX_VALUE, 4L * sessions));
        }
    }

    /** What one gateway session has; immutable, replaced as a whole, oldest entry first. */
    private record Kept(Instant expiresAt, List<Entry> entries, Optional<LogLevel> logLevel, Set<Watched> watched) {
        static Kept nothing(Instant expiresAt) {
            return new Kept(expiresAt, List.of(), Optional.empty(), Set.of());
        }

        Kept withEntries(List<Entry> others) {
            return new Kept(expiresAt, others, logLevel, watched);
        }

        Kept withLogLevel(LogLevel level) {
            return new Kept(expiresAt, entries, Optional.of(level), watched);
        }

        Kept withWatched(Set<Watched> resources) {
            return new Kept(expiresAt, entries, logLevel, Set.copyOf(resources));
        }

        boolean isNothing() {
            return entries.isEmpty() && logLevel.isEmpty() && watched.isEmpty();
        }
    }

    private final Bounds bounds;
    private final InstantSource clock;
    private final Cache<GatewaySessionId, Kept> sessions;
    private final Cache<GatewaySessionId, Instant> revocations;
    private final ReentrantLock revoking = new ReentrantLock();

    public InMemorySessionStore(int maxSessions, InstantSource clock) {
        this(Bounds.ofSessions(maxSessions), clock);
    }

    public InMemorySessionStore(Bounds bounds, InstantSource clock) {
        this.bounds = Objects.requireNonNull(bounds, "bounds");
        this.clock = Objects.requireNonNull(clock, "clock");
        // Upkeep on the calling thread: it is short, and nothing runs on behind a caller who has its answer.
        this.sessions = Caffeine.newBuilder()
                .maximumSize(bounds.sessions())
                .expireAfter(Expiry.<GatewaySessionId, Kept>writing((_, kept) -> left(kept.expiresAt())))
                .ticker(this::nanos)
                .executor(Runnable::run)
                .build();
        this.revocations = Caffeine.newBuilder()
                .expireAfter(Expiry.<GatewaySessionId, Instant>writing((_, end) -> left(end)))
                .ticker(this::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** How many gateway sessions something is kept for; those that expired a moment ago may still count. */
    public int kept() {
        return Math.toIntExact(sessions.estimatedSize());
    }

    @Override
    public Optional<ServerSession> find(GatewaySessionId session, ServerKey server) {
        for (Entry entry : all(session)) {
            if (entry.server().equals(server)) {
                return Optional.of(entry.serverSession());
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Entry> all(GatewaySessionId session) {
        Kept kept = sessions.getIfPresent(session);
        return kept == null || !clock.instant().isBefore(kept.expiresAt()) ? List.of() : kept.entries();
    }

    @Override
    public void put(GatewaySession session, ServerKey server, ServerSession serverSession) {
        if (!clock.instant().isBefore(session.expiresAt())) {
            return;
        }
        // Asked inside: revoke first remembers the end and then takes the entries, so either it sees this one or this
        // sees the end.
        sessions.asMap().compute(session.id(), (id, kept) -> {
            if (revoked(id)) {
                return null;
            }
            Kept before = kept == null ? Kept.nothing(session.expiresAt()) : kept;
            List<Entry> others = without(before.entries(), server);
            int tooMany = Math.max(0, others.size() + 1 - bounds.serversPerSession());
            return before.withEntries(
                    Stream.concat(others.stream().skip(tooMany), Stream.of(new Entry(server, serverSession)))
                            .toList());
        });
    }

    @Override
    public boolean remove(GatewaySessionId session, ServerKey server, ServerSession serverSession) {
        Entry entry = new Entry(server, serverSession);
        boolean[] removed = {false};
        sessions.asMap().computeIfPresent(session, (_, kept) -> {
            removed[0] = kept.entries().contains(entry);
            if (!removed[0]) {
                return kept;
            }
            Kept rest = kept.withEntries(without(kept.entries(), server));
            return rest.isNothing() ? null : rest;
        });
        return removed[0];
    }

    @Override
    public void setLogLevel(GatewaySession session, LogLevel level) {
        if (!clock.instant().isBefore(session.expiresAt())) {
            return;
        }
        change(session, kept -> kept.withLogLevel(level));
    }

    @Override
    public boolean watch(GatewaySession session, Watched resource) {
        if (!clock.instant().isBefore(session.expiresAt())) {
            return false;
        }
        boolean[] taken = {false};
        change(session, kept -> {
            Set<Watched> more = new HashSet<>(kept.watched());
            more.add(resource);
            taken[0] = more.size() <= MAX_WATCHED;
            return taken[0] ? kept.withWatched(more) : kept;
        });
        return taken[0];
    }

    @Override
    public void unwatch(GatewaySession session, Watched resource) {
        sessions.asMap().computeIfPresent(session.id(), (_, kept) -> {
            Set<Watched> rest = new HashSet<>(kept.watched());
            rest.remove(resource);
            Kept without = kept.withWatched(rest);
            return without.isNothing() ? null : without;
        });
    }

    @Override
    public Set<Watched> watched(GatewaySessionId session) {
        Kept kept = sessions.getIfPresent(session);
        return kept == null || !clock.instant().isBefore(kept.expiresAt()) ? Set.of() : kept.watched();
    }

    /** Nothing is kept of a session that has ended. */
    private void change(GatewaySession session, UnaryOperator<Kept> change) {
        sessions.asMap()
                .compute(
                        session.id(),
                        (id, kept) -> revoked(id)
                                ? null
                                : change.apply(kept == null ? Kept.nothing(session.expiresAt()) : kept));
    }

    @Override
    public Optional<LogLevel> logLevel(GatewaySessionId session) {
        Kept kept = sessions.getIfPresent(session);
        return kept == null || !clock.instant().isBefore(kept.expiresAt()) ? Optional.empty() : kept.logLevel();
    }

    @Override
    public List<Entry> revoke(GatewaySession session) {
        if (clock.instant().isBefore(session.expiresAt())) {
            rememberEnd(session);
        }
        Kept kept = sessions.asMap().remove(session.id());
        return kept == null ? List.of() : kept.entries();
    }

    @Override
    public boolean revoked(GatewaySessionId session) {
        return revocations.getIfPresent(session) != null;
    }

    private void rememberEnd(GatewaySession session) {
        revoking.lock();
        try {
            if (revocations.getIfPresent(session.id()) == null && revocationsAreFull()) {
                throw new SessionStoreException("no room to remember that another session has ended: "
                        + bounds.revocations() + " ended sessions have not expired yet");
            }
            revocations.put(session.id(), session.expiresAt());
        } finally {
            revoking.unlock();
        }
    }

    private boolean revocationsAreFull() {
        if (revocations.estimatedSize() < bounds.revocations()) {
            return false;
        }
        revocations.cleanUp(); // drops what has expired, so that the size is exact
        return revocations.estimatedSize() >= bounds.revocations();
    }

    private static List<Entry> without(List<Entry> entries, ServerKey server) {
        return entries.stream().filter(entry -> !entry.server().equals(server)).toList();
    }

    private Duration left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private long nanos() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
