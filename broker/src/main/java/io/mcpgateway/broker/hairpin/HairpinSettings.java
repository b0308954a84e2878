package io.mcpgateway.broker.hairpin;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How server sessions are made.
 *
 * @param privateUrl base url of the gateway listener as the broker reaches it, without path
 * @param certificateName for a listener with TLS: the name that its certificate is valid for and that leads to its filter
 *     chain. It is the public host: clients want it to be so, while a Service's inner name is in no certificate
 * @param timeout for initialize and notifications/initialized together; below Envoy's message timeout (10 s)
 * @param maxResponseBytes of one answer
 */
public record HairpinSettings(
        URI privateUrl, Optional<String> certificateName, Duration timeout, int maxResponseBytes) {
    private static final Pattern HOST_NAME = Pattern.compile("(?!.*\\.[0-9]+$)[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(8);
    private static final int DEFAULT_MAX_BYTES = 1024 * 1024;

    public HairpinSettings {
        Objects.requireNonNull(privateUrl, "privateUrl");
        Objects.requireNonNull(certificateName, "certificateName");
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout must be above zero: " + timeout);
        }
    }

    /**
     * With the usual limits.
     *
     * @param publicHost under which clients reach the gateway; a port does not matter
     */
    public static HairpinSettings of(URI privateUrl, String publicHost) {
        return new HairpinSettings(privateUrl, certificateName(publicHost), DEFAULT_TIMEOUT, DEFAULT_MAX_BYTES);
    }

    /** A listener that ends TLS. */
    boolean isTls() {
        return "https".equals(privateUrl.getScheme());
    }

    /** TLS asks for names, never for addresses (RFC 6066, section 3). */
    private static Optional<String> certificateName(String publicHost) {
        int port = publicHost.lastIndexOf(':');
        String name = port < 0 ? publicHost : publicHost.substring(0, port);
        return HOST_NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** Where a server's path is reached through the gateway. */
    URI through(String path) {
        String base = privateUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
