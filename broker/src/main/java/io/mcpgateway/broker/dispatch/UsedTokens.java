package io.mcpgateway.broker.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers router tokens that were used, so that each works once. Bounded; an entry is forgotten only when its token
 * can no longer be valid anywhere, so a full memory refuses new tokens, not old ones. Thread-safe, never blocks
 * for long.
 */
public final class UsedTokens {
    /** How long after its end a token is still remembered, whatever clock skew its verifier allows. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** What became of a token. */
    public enum Use {
        FIRST,
        REPEATED,
        REFUSED_FULL
    }

    private record Entry(Instant forgetAt, String tokenId) {}

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> used = new HashSet<>();
    private final PriorityQueue<Entry> byEnd = new PriorityQueue<>(Comparator.comparing(Entry::forgetAt));

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
            forgetBefore(now);
            if (used.contains(tokenId)) {
                return Use.REPEATED;
            }
            if (used.size() >= capacity) {
                return Use.REFUSED_FULL;
            }
            used.add(tokenId);
            byEnd.add(new Entry(expiresAt.plus(MARGIN), tokenId));
            return Use.FIRST;
        } finally {
            lock.unlock();
        }
    }

    private void forgetBefore(Instant now) {
        for (Entry oldest = byEnd.peek(); oldest != null && oldest.forgetAt().isBefore(now); oldest = byEnd.peek()) {
            byEnd.remove();
            used.remove(oldest.tokenId());
        }
    }
}
