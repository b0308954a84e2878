package io.mcpgateway.broker.bridge.watching;

import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import java.util.Objects;

/** Subscribes at each server in the era that modern clients are sent on in. */
public record SubscriptionsByEra(ServerSubscriptions modern, ServerSubscriptions legacy)
        implements ServerSubscriptions {
    public SubscriptionsByEra {
        Objects.requireNonNull(modern, "modern");
        Objects.requireNonNull(legacy, "legacy");
    }

    @Override
    public Listening listen(Wish wish, Updates updates) {
        return (wish.server().eras().speaksModern() ? modern : legacy).listen(wish, updates);
    }
}
