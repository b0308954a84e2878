package io.mcpgateway.broker.bridge.watching;

import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.SubscriptionRoom;
import io.mcpgateway.broker.network.Backoff;
import java.time.Duration;

/** {@code resources/subscribe} at legacy servers, in sessions of the pool; bounded. */
public final class LegacySubscriptions implements ServerSubscriptions {
    /**
     * What every subscription works with.
     *
     * @param retries pauses after a session that ended
     */
    record Parts(ServerAccess access, SessionPool pool, Backoff retries, SubscriptionRoom room) {}

    private final Parts parts;

    /** The usual one. */
    public LegacySubscriptions(ServerAccess access, SessionPool pool) {
        this.parts = new Parts(
                access, pool, new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)), new SubscriptionRoom());
    }

    @Override
    public Listening listen(Wish wish, Updates updates) {
        return parts.room().open(wish, updates, subscription -> new LegacySubscription(parts, subscription).keep());
    }
}
