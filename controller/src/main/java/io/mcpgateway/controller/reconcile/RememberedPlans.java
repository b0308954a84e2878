package io.mcpgateway.controller.reconcile;

import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.RegistrationFacts;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationPlanner;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Plans that were made before, so that a change of one registration does not make those of all others anew. A plan
 * follows from its facts alone, and most of those are the very same objects of the watched copies as last time.
 */
final class RememberedPlans {
    private record Known(RegistrationFacts facts, RegistrationPlan plan) {}

    private final Map<ObjectKey, Known> known = new HashMap<>();

    RegistrationPlan of(RegistrationFacts facts) {
        ObjectKey key = ObjectKey.of(facts.registration());
        Optional<Known> before = find(key);
        if (before.isPresent() && before.get().facts().equals(facts)) {
            return before.get().plan();
        }
        RegistrationPlan plan = RegistrationPlanner.plan(facts);
        put(key, new Known(facts, plan));
        return plan;
    }

    /** Forgets all other registrations. */
    synchronized void retain(Collection<ObjectKey> registrations) {
        known.keySet().retainAll(registrations);
    }

    private synchronized Optional<Known> find(ObjectKey key) {
        return Optional.ofNullable(known.get(key));
    }

    private synchronized void put(ObjectKey key, Known plan) {
        known.put(key, plan);
    }
}
