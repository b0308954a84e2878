package io.mcpgateway.broker.backend;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * How backend sessions are made.
 *
 * @param privateUrl base url of the gateway listener as the broker reaches it, without path
 * @param timeout for initialize and notifications/initialized together; below Envoy's message timeout (10 s)
 * @param maxResponseBytes of one answer
 */
public record HairpinSettings(URI privateUrl, Duration timeout, int maxResponseBytes) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(8);
    private static final int DEFAULT_MAX_BYTES = 1024 * 1024;

    public HairpinSettings {
        Objects.requireNonNull(privateUrl, "privateUrl");
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout must be above zero: " + timeout);
        }
    }

    public static HairpinSettings of(URI privateUrl) {
        return new HairpinSettings(privateUrl, DEFAULT_TIMEOUT, DEFAULT_MAX_BYTES);
    }

    /** Where a server's path is reached through the gateway. */
    URI through(String path) {
        String base = privateUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
