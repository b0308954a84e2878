package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.client.modern.ModernClient;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.network.Backoff;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code subscriptions/listen} at servers, through the gateway's own listener; bounded. */
public final class HairpinSubscriptions implements ServerSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(HairpinSubscriptions.class);
    /** Of all clients together; further ones are not opened. */
    private static final int MAX_SUBSCRIPTIONS = 20_000;

    /**
     * What every subscription works with.
     *
     * @param retries pauses after one that ended
     */
    record Parts(ServerAccess access, ModernClient client, Backoff retries, Semaphore room) {}

    private final Parts parts;

    public HairpinSubscriptions(ServerAccess access) {
        this(new Parts(
                access,
                new ModernClient(access.client()),
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)),
                new Semaphore(MAX_SUBSCRIPTIONS)));
    }

    HairpinSubscriptions(Parts parts) {
        this.parts = parts;
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
        return FollowedSubscription.start(parts, wish, updates);
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
