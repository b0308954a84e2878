package io.mcpgateway.broker.limits;

import java.util.HashMap;
import java.util.Map;

/** How many are in progress for each key. Keys without any use no memory. The owner has to lock it. */
final class KeyedCounts<K> {
    private final Map<K, Integer> counts = new HashMap<>();

    /** @param limit 0 for any number */
    boolean isReached(int limit, K key) {
        return limit != 0 && counts.getOrDefault(key, 0) >= limit;
    }

    void enter(K key) {
        counts.merge(key, 1, Integer::sum);
    }

    void leave(K key) {
        counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }
}
