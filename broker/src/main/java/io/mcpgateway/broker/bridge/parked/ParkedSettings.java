package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.contract.CallTimeout;
import java.time.Duration;

/**
 * The times of calls to legacy servers.
 *
 * @param patience how long a client may take to come back with its responses
 * @param collecting how long questions are collected before the client gets them: servers ask several at once
 * @param silence how long a server may take to begin its answer, if its registration sets no limit
 * @param longest how long a call may take, if its registration sets no limit
 * @param heartbeat between two signs of life on an idle stream
 */
public record ParkedSettings(
        Duration patience, Duration collecting, Duration silence, Duration longest, Duration heartbeat) {
    private static final Duration COLLECTING = Duration.ofMillis(20);

    public ParkedSettings {
        if (!patience.isPositive()
                || collecting.isNegative()
                || !silence.isPositive()
                || !longest.isPositive()
                || !heartbeat.isPositive()) {
            throw new IllegalArgumentException("times of calls must be above zero");
        }
    }

    /** With the usual times. */
    public static ParkedSettings of(Duration patience, Duration heartbeat) {
        return new ParkedSettings(
                patience, COLLECTING, CallTimeout.SILENCE, Duration.ofSeconds(CallTimeout.MAX_SECONDS), heartbeat);
    }
}
