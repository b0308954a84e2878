package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.discovery.DiscoveryState.Knowledge;
import io.mcpgateway.broker.network.Backoff;
import java.time.Duration;

/**
 * The times of a loop.
 *
 * @param checkInterval between two checks (ping, or a list if changes are not announced) of a server that answers
 * @param firstRetry before the second attempt; each later one waits twice as long
 * @param longestRetry the maximum wait, unless the check interval is shorter
 * @param leastBetweenLists the minimum between lists, for servers that announce changes all the time
 */
public record DiscoveryTiming(
        Duration checkInterval, Duration firstRetry, Duration longestRetry, Duration leastBetweenLists) {
    private static final int CHECKS_BETWEEN_RELEARNING = 5;
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_FIRST_RETRY = Duration.ofSeconds(5);

    public DiscoveryTiming {
        if (!checkInterval.isPositive() || !firstRetry.isPositive() || !longestRetry.isPositive()) {
            throw new IllegalArgumentException("intervals must be above zero");
        }
    }

    /**
     * The usual times for a check interval (60 s unless configured). The third failure in a row removes a server's
     * tools, so the first retry decides how long an outage goes unnoticed: a twelfth of the interval, between 1 and 5
     * seconds, outlasts a quick restart.
     */
    public static DiscoveryTiming every(Duration checkInterval) {
        Duration retry = checkInterval.dividedBy(12);
        Duration firstRetry = retry.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : retry;
        return new DiscoveryTiming(
                checkInterval,
                firstRetry.compareTo(LONGEST_FIRST_RETRY) > 0 ? LONGEST_FIRST_RETRY : firstRetry,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1));
    }

    /**
     * The same for the whole server. One that has never listed anything is asked again soon: it has no tools that could be
     * kept meanwhile, and a Pod that has just started may not have its network yet.
     */
    Duration retry(Knowledge knowledge, int failures, double chance) {
        boolean soon = knowledge == Knowledge.NONE && firstRetry.compareTo(SHORTEST_RETRY) > 0;
        return soon ? new Backoff(SHORTEST_RETRY, longestWait()).after(failures, chance) : backoff(failures, chance);
    }

    /** How often a server is asked again what it speaks and declares. */
    Duration relearnInterval() {
        return checkInterval.multipliedBy(CHECKS_BETWEEN_RELEARNING);
    }

    /**
     * After what time a list is requested again that its server gives this time to live (MCP 2026-07-28, "Caching").
     * Never later than without; a list without any life is not requested all the time. Up to a tenth longer at
     * random, so that the lists of many servers are not requested together.
     *
     * @param chance from 0 to 1
     */
    Duration freshFor(Duration ttl, double chance) {
        if (ttl.isZero() || ttl.compareTo(checkInterval) >= 0) {
            return checkInterval;
        }
        Duration least = ttl.compareTo(leastBetweenLists) < 0 ? leastBetweenLists : ttl;
        Duration spread = least.plusMillis(Math.round(least.toMillis() * chance / 10));
        return spread.compareTo(checkInterval) < 0 ? spread : checkInterval;
    }

    /**
     * How long to wait after that many failures in a row: doubling, then cut to between half and all of it at random,
     * so that many servers that failed together do not come back together.
     *
     * @param chance from 0 to 1
     */
    Duration backoff(int failures, double chance) {
        return new Backoff(firstRetry, longestWait()).after(failures, chance);
    }

    private Duration longestWait() {
        return checkInterval.compareTo(longestRetry) < 0 ? checkInterval : longestRetry;
    }
}
