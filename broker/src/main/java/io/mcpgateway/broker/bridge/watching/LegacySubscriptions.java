package io.mcpgateway.broker.bridge.watching;

import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.network.Backoff;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code resources/subscribe} at legacy servers, in sessions of the pool; bounded. */
public final class LegacySubscriptions implements ServerSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(LegacySubscriptions.class);
    /** Of all clients together; further ones are not opened. */
    private static final int MAX_SUBSCRIPTIONS = 20_000;

    /**
     * What every subscription works with.
     *
     * @param retries pauses after a session that ended
     */
    record Parts(ServerAccess access, SessionPool pool, Backoff retries, Semaphore room) {}

    private final Parts parts;

    /** The usual one. */
    public LegacySubscriptions(ServerAccess access, SessionPool pool) {
        this.parts = new Parts(
                access,
                pool,
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)),
                new Semaphore(MAX_SUBSCRIPTIONS));
    }

    @Override
    public Listening listen(Wish wish, Updates updates) {
        if (!parts.room().tryAcquire()) {
            log.warn(
                    "no room for another subscription at a server server={} limit={}",
                    wish.server().name(),
                    MAX_SUBSCRIPTIONS);
            return new None();
        }
        return LegacySubscription.start(parts, wish, updates);
    }

    /** Tells of nothing. */
    private record None() implements Listening {
        @Override
        public Set<String> honoured(Duration patience) {
            return Set.of();
        }

        @Override
        public void close() {}
    }
}
