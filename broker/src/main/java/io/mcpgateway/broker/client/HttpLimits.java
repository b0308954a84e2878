package io.mcpgateway.broker.client;

import java.time.Duration;

/**
 * The bounds of one exchange with a server.
 *
 * @param header until the answer's headers are there
 * @param exchange until the whole answer is there; for opening a connection both of its messages together
 * @param stream how long one listening stream is kept open before it ends as closed
 * @param maxResponseBytes of one answer; for a stream of events all of them together
 * @param maxEventBytes of one server-sent event
 */
public record HttpLimits(Duration header, Duration exchange, Duration stream, int maxResponseBytes, int maxEventBytes) {
    private static final int DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

    public static final HttpLimits DEFAULT = new HttpLimits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            DEFAULT_MAX_BYTES,
            DEFAULT_MAX_BYTES);

    public HttpLimits {
        requirePositive("header", header);
        requirePositive("exchange", exchange);
        requirePositive("stream", stream);
        if (maxResponseBytes <= 0 || maxEventBytes <= 0) {
            throw new IllegalArgumentException("byte limits must be above zero");
        }
    }

    /** The same, but no answer takes longer than this. */
    public HttpLimits atMost(Duration longest) {
        return new HttpLimits(
                shorter(header, longest), shorter(exchange, longest), stream, maxResponseBytes, maxEventBytes);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be above zero: " + duration);
        }
    }
}
