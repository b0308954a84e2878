package io.mcpgateway.broker.session.redis;

import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.KeyedMac;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.memory.InMemorySessionStore.Bounds;
import io.mcpgateway.broker.session.redis.RedisSessionStore.Kept;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions shared by replicas, in a store that may fail. While it can be reached, only the store counts. Otherwise:
 *
 * <ul>
 *   <li>calls go on with the server sessions that this process has seen, and with new ones, which are handed to the
 *       store when it is back;
 *   <li>a session that this process knows to have ended stays ended. It follows the store's list of ended sessions, so it
 *       knows all but those of the last second before the loss;
 *   <li>a process that never reached the store knows none of them: it accepts the sessions that started here, and
 *       for all others {@link #revoked} throws;
 *   <li>no session can be ended: {@link #revoke} throws, and the session continues.
 * </ul>
 *
 * The first failure costs its callers a timeout; from then on, one thread checks whether the store is back, and nobody
 * else waits for it.
 */
public final class SharedSessionStore implements SessionStore, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SharedSessionStore.class);
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(10);
    private static final Duration FOLLOW = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final String START = "0-0";

    private final RedisSessionStore redis;
    private final StoreHealth health;
    private final SeenSessions seen;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch attempted = new CountDownLatch(1);

    /**
     * How the store is used.
     *
     * @param space keeps apart what gateways with different keys have at one server
     * @param longestSession how far back the list of ended sessions has to reach
     * @param seen how much this process remembers of it
     */
    public record Settings(RedisUrl url, RedisTimeouts timeouts, String space, Duration longestSession, Bounds seen) {}

    /** A name for what belongs to gateways with this key, which says nothing about the key. */
    public static String spaceOf(byte[] signingKey) {
        byte[] mark = KeyedMac.withKey(signingKey).of("session store".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mark, 0, 8);
    }

    private SharedSessionStore(RedisSessionStore redis, SeenSessions seen, StoreHealth health) {
        this.redis = redis;
        this.seen = seen;
        this.health = health;
    }

    /**
     * Follows the store from now on; returns when it was reached, when the first attempt has failed, or when that takes
     * too long: looking up a name knows no time limit.
     *
     * @param listener called at each change: whether the store can be reached
     */
    public static SharedSessionStore start(Settings settings, InstantSource clock, Consumer<Boolean> listener)
            throws InterruptedException {
        SharedSessionStore store = new SharedSessionStore(
                new RedisSessionStore(
                        settings.url(), settings.timeouts(), settings.space(), settings.longestSession(), clock),
                new SeenSessions(settings.seen(), clock),
                new StoreHealth(settings.url().address(), clock, listener));
        log.info("session cache using external store: {}", settings.url().address());
        Thread.ofVirtual().name("session-store").start(store::follow);
        if (!store.attempted.await(FIRST_ATTEMPT.toSeconds(), TimeUnit.SECONDS)) {
            log.warn(
                    "session store not reached yet, starting without: {}",
                    settings.url().address());
        }
        return store;
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public void begun(GatewaySession session) {
        if (!health.wasReached()) {
            seen.begun(session);
        }
    }

    @Override
    public Optional<ServerSession> find(GatewaySessionId session, ServerKey server) {
        return asked(() -> shared(session, server)).orElseGet(() -> seen.find(session, server));
    }

    @Override
    public List<Entry> all(GatewaySessionId session) {
        return asked(() -> redis.all(session)).orElseGet(() -> seen.all(session));
    }

    private Optional<ServerSession> shared(GatewaySessionId session, ServerKey server) {
        Optional<Kept> kept = redis.lookUp(session, server);
        if (kept.isEmpty()) {
            kept = seen.takeUnshared(session, server).flatMap(mine -> redis.adopt(session, server, mine));
        }
        seen.note(session, server, kept);
        return kept.map(Kept::serverSession);
    }

    @Override
    public void put(GatewaySession session, ServerKey server, ServerSession serverSession) {
        boolean shared = asked(() -> {
                    redis.put(session, server, serverSession);
                    return true;
                })
                .orElse(false);
        seen.put(session, server, serverSession, shared);
    }

    @Override
    public void setLogLevel(GatewaySession session, LogLevel level) {
        seen.setLogLevel(session, level);
        asked(() -> {
            redis.setLogLevel(session, level);
            return true;
        });
    }

    @Override
    public Optional<LogLevel> logLevel(GatewaySessionId session) {
        return asked(() -> redis.logLevel(session)).orElseGet(() -> seen.logLevel(session));
    }

    @Override
    public boolean watch(GatewaySession session, Watched resource) {
        return asked(() -> redis.watch(session, resource)).orElse(false);
    }

    @Override
    public void unwatch(GatewaySession session, Watched resource) {
        asked(() -> {
            redis.unwatch(session, resource);
            return true;
        });
    }

    @Override
    public Set<Watched> watched(GatewaySessionId session) {
        return asked(() -> redis.watched(session))
                .orElseThrow(() -> new SessionStoreException(
                        "the session store is not available, so it is not known what the client watches"));
    }

    @Override
    public boolean remove(GatewaySessionId session, ServerKey server, ServerSession serverSession) {
        boolean here = seen.remove(session, server, serverSession);
        return asked(() -> redis.remove(session, server, serverSession)).orElse(here);
    }

    @Override
    public List<Entry> revoke(GatewaySession session) {
        List<Entry> had = asked(() -> redis.revoke(session))
                .orElseThrow(() -> new SessionStoreException(
                        "the session store is not available, so the session cannot be ended"));
        seen.ended(session.id(), session.expiresAt());
        return had;
    }

    @Override
    public boolean revoked(GatewaySessionId session) {
        if (hasSeenTheEndOf(session)) {
            return true;
        }
        Optional<Boolean> answer = asked(() -> redis.revoked(session));
        boolean vouched = (health.wasReached() && seen.knowsEveryEnd()) || seen.hasBegunHere(session);
        if (answer.isEmpty() && !vouched) {
            throw new SessionStoreException(
                    "the session store is not available, so it is not known whether the session was ended");
        }
        return answer.orElse(false);
    }

    /** Whether this process would know of the end even if the store failed now. */
    boolean hasSeenTheEndOf(GatewaySessionId session) {
        return seen.isEnded(session);
    }

    /** The store's response; empty if it cannot be reached. */
    private <T> Optional<T> asked(Supplier<T> question) {
        if (!health.isUp()) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.get());
        } catch (SessionStoreException failure) {
            health.lost(failure);
            return Optional.empty();
        }
    }

    private void follow() {
        String position = START;
        try {
            boolean closed = false;
            while (!closed) {
                position = followFrom(position);
                attempted.countDown();
                Duration pause = health.isUp() ? FOLLOW : RETRY;
                closed = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            attempted.countDown();
        }
    }

    private String followFrom(String position) {
        try {
            String next = redis.endedAfter(position, end -> seen.ended(end.session(), end.expiresAt()));
            health.reached();
            return next;
        } catch (SessionStoreException failure) {
            health.lost(failure);
            redis.dropIdleConnections();
        } catch (RuntimeException bug) {
            log.error("cannot read the list of ended sessions", bug);
            health.lost(bug);
        }
        return position;
    }

    @Override
    public void close() {
        closing.countDown();
        redis.close();
    }
}
