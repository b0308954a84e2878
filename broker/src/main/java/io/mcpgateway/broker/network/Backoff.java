package io.mcpgateway.broker.network;

import java.time.Duration;
import java.util.Objects;

/**
 * How long to wait after failures in a row: twice as long each time. Pure.
 *
 * @param first after one failure, above zero
 * @param longest what the waits grow to
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    public Backoff {
        Objects.requireNonNull(longest, "longest");
        if (!first.isPositive() || !longest.isPositive()) {
            throw new IllegalArgumentException("intervals must be above zero");
        }
    }

    /**
     * How long to wait.
     *
     * @param failures in a row; none count as one
     */
    public Duration after(int failures) {
        Duration full = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
        return full.compareTo(longest) < 0 ? full : longest;
    }

    /**
     * The same, but not shorter than somebody asks for, as far as {@link #longest} allows.
     *
     * @param asked zero if nothing is asked for
     */
    public Duration after(int failures, Duration asked) {
        Duration own = after(failures);
        Duration wanted = asked.compareTo(own) > 0 ? asked : own;
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    /**
     * Between half of that and all of it, so that many who failed together do not come back together.
     *
     * @param chance from 0 to 1
     */
    public Duration after(int failures, double chance) {
        return Duration.ofNanos(Math.round(after(failures).toNanos() * (0.5 + 0.5 * chance)));
    }
}
