package io.mcpgateway.api.envoy;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of the filter chain. A blank cluster name or a limit that is not positive is an
 * IllegalArgumentException.
 *
 * @param processorCluster name of the Envoy cluster of the router's gRPC port
 * @param messageTimeout how long the router may take, including the time to open a session at the server
 * @param maxRequestBytes larger requests get 413 from Envoy itself
 * @param scope which requests the filters run for
 */
public record FilterChainSettings(String processorCluster, Duration messageTimeout, int maxRequestBytes, Scope scope) {
    /** The value that the chain was measured with. */
    public static final Duration DEFAULT_MESSAGE_TIMEOUT = Duration.ofSeconds(10);

    public static final int DEFAULT_MAX_REQUEST_BYTES = 8 * 1024 * 1024;

    public FilterChainSettings {
        Objects.requireNonNull(processorCluster, "processorCluster");
        Objects.requireNonNull(messageTimeout, "messageTimeout");
        Objects.requireNonNull(scope, "scope");
        if (processorCluster.isBlank() || messageTimeout.toMillis() <= 0 || maxRequestBytes <= 0) {
            throw new IllegalArgumentException("cluster, message timeout and request size must be given and positive");
        }
    }

    /** The measured time and size limits. */
    public static FilterChainSettings of(String processorCluster, Scope scope) {
        return new FilterChainSettings(processorCluster, DEFAULT_MESSAGE_TIMEOUT, DEFAULT_MAX_REQUEST_BYTES, scope);
    }
}
