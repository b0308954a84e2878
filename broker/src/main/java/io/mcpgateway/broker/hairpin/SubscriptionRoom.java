package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Room for a number of subscriptions at servers. */
public final class SubscriptionRoom {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionRoom.class);
    /** Of all clients together; further ones are not opened. */
    private static final int MAX_SUBSCRIPTIONS = 20_000;

    private final Semaphore places;

    /** The usual one. */
    public SubscriptionRoom() {
        this(new Semaphore(MAX_SUBSCRIPTIONS));
    }

    SubscriptionRoom(Semaphore places) {
        this.places = places;
    }

    /**
     * Starts a subscription on its own thread. If there is no room, it is never started and reports nothing.
     *
     * @param work talks to the server for as long as it makes sense
     */
    public ServerSubscriptions.Listening open(
            ServerSubscriptions.Wish wish, ServerSubscriptions.Updates updates, OpenSubscription.Work work) {
        if (!places.tryAcquire()) {
            log.warn(
                    "no room for another subscription at a server server={} limit={}",
                    wish.server().name(),
                    MAX_SUBSCRIPTIONS);
            return new None();
        }
        return OpenSubscription.start(wish, updates, work, places::release);
    }

    /** Tells of nothing. */
    private record None() implements ServerSubscriptions.Listening {
        @Override
        public Set<String> honoured(Duration patience) {
            return Set.of();
        }

        @Override
        public void close() {}
    }
}
