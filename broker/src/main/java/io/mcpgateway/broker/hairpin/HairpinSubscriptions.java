package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.client.modern.ModernClient;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.network.Backoff;
import java.time.Duration;

/** {@code subscriptions/listen} at servers, through the gateway's own listener; bounded. */
public final class HairpinSubscriptions implements ServerSubscriptions {
    /**
     * What every subscription works with.
     *
     * @param retries pauses after one that ended
     */
    record Parts(ServerAccess access, ModernClient client, Backoff retries, SubscriptionRoom room) {}

    private final Parts parts;

    public HairpinSubscriptions(ServerAccess access) {
        this(new Parts(
                access,
                new ModernClient(access.client()),
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)),
                new SubscriptionRoom()));
    }

    HairpinSubscriptions(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Listening listen(Wish wish, Updates updates) {
        return parts.room().open(wish, updates, subscription -> new FollowedSubscription(parts, subscription).follow());
    }
}
