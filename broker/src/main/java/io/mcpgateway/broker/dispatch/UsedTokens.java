package io.mcpgateway.broker.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers router tokens that were used, so that each works once. Bounded; an entry is forgotten only when its token
 * can no longer be valid, so a full memory refuses new tokens, not old ones. Thread-safe, never blocks for long.
 */
public final class UsedTokens {
    /** How long after its end a token is still remembered, in case the clock is set back a little. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** What became of a token. */
    public enum Use {
        FIRST,
        REPEATED,
        REFUSED_FULL
    }

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    /** By their end, which is a whole second and signed with the token, so there are few. */
    private final NavigableMap<Instant, Set<String>> byEnd = new TreeMap<>();

    private int count;

    public UsedTokens(int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity must be positive");
        }
        this.capacity = capacity;
    }

    /** Marks the token as used if it was not. */
    public Use use(String tokenId, Instant expiresAt, Instant now) {
        lock.lock();
        try {
            forgetBefore(now.minus(MARGIN));
            Set<String> used = byEnd.getOrDefault(expiresAt, Set.of());
            if (used.contains(tokenId)) {
                return Use.REPEATED;
            }
            if (count >= capacity) {
                return Use.REFUSED_FULL;
            }
            byEnd.computeIfAbsent(expiresAt, _ -> new HashSet<>()).add(tokenId);
            count++;
            return Use.FIRST;
        } finally {
            lock.unlock();
        }
    }

    private void forgetBefore(Instant end) {
        while (!byEnd.isEmpty() && byEnd.firstKey().isBefore(end)) {
            count -= byEnd.pollFirstEntry().getValue().size();
        }
    }
}
