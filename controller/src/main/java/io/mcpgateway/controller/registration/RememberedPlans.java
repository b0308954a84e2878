package io.mcpgateway.controller.registration;

import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plans that were made before, so that a change of one registration does not make those of all others anew. A plan
 * follows from its facts alone, and most of those are the very same objects of the watched copies as last time.
 */
final class RememberedPlans {
    private record Known(RegistrationFacts facts, RegistrationPlan plan) {}

    private final Map<ObjectKey, Known> known = new ConcurrentHashMap<>();

    RegistrationPlan of(RegistrationFacts facts) {
        ObjectKey key = ObjectKey.of(facts.registration());
        Known before = known.get(key);
        if (before != null && before.facts().equals(facts)) {
            return before.plan();
        }
        RegistrationPlan plan = RegistrationPlanner.plan(facts);
        known.put(key, new Known(facts, plan));
        return plan;
    }

    /** Forgets all other registrations. */
    void retain(Collection<ObjectKey> registrations) {
        known.keySet().retainAll(registrations);
    }
}
