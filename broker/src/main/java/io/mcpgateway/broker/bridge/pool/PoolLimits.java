package io.mcpgateway.broker.bridge.pool;

import java.time.Duration;

/**
 * How many sessions are kept, and how long.
 *
 * @param perCaller most sessions of one caller, at all servers together
 * @param inAll most sessions of this process
 * @param idle after which a session that nobody used is ended
 * @param opening how long a call waits for its session
 */
public record PoolLimits(int perCaller, int inAll, Duration idle, Duration opening) {
    public static final PoolLimits DEFAULT = new PoolLimits(64, 4096, Duration.ofMinutes(5), Duration.ofSeconds(9));

    public PoolLimits {
        if (perCaller <= 0 || inAll <= 0 || !idle.isPositive() || !opening.isPositive()) {
            throw new IllegalArgumentException("limits of the pool must be above zero");
        }
    }
}
