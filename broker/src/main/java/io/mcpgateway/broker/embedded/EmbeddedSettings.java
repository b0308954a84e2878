package io.mcpgateway.broker.embedded;

import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.refusal.OriginRule;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * The settings of the built-in gateway.
 *
 * @param broker base URI of the broker's own listener; only scheme, host and port count
 * @param maxRequests how many may be in progress at once, including streams; more get 503
 * @param connectTimeout to a target
 * @param responseTimeout until a target's response headers; 504 after it
 * @param idleTimeout between two pieces of a target's body; the response is cut off after it
 * @param origins which web pages may read responses of {@code /mcp}; the router refuses the others
 * @param addresses which servers are connected to
 */
public record EmbeddedSettings(
        HttpListener.Settings listener,
        URI broker,
        int maxRequests,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        OriginRule origins,
        AddressRule addresses) {
    public static final int DEFAULT_MAX_REQUESTS = 10_000;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = CallTimeout.SILENCE;
    public static final Duration DEFAULT_IDLE_TIMEOUT = CallTimeout.SILENCE;

    public EmbeddedSettings {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(responseTimeout, "responseTimeout");
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(origins, "origins");
        Objects.requireNonNull(addresses, "addresses");
    }

    public static EmbeddedSettings of(
            HttpListener.Settings listener, URI broker, OriginRule origins, AddressRule addresses) {
        return new EmbeddedSettings(
                listener,
                broker,
                DEFAULT_MAX_REQUESTS,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_RESPONSE_TIMEOUT,
                DEFAULT_IDLE_TIMEOUT,
                origins,
                addresses);
    }
}
