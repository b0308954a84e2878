package io.mcpgateway.broker.session.redis;

import java.time.Duration;

/**
 * How long one access may take.
 *
 * @param connect to open a connection
 * @param answer for each answer of the server
 * @param connection for one of the pool's connections to become free
 */
public record RedisTimeouts(Duration connect, Duration answer, Duration connection) {
    /** A server that takes longer is treated as lost. */
    public static final RedisTimeouts DEFAULT =
            new RedisTimeouts(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(250));

    public RedisTimeouts {
        if (!connect.isPositive() || !answer.isPositive() || !connection.isPositive()) {
            throw new IllegalArgumentException("every timeout must be above zero");
        }
    }
}
