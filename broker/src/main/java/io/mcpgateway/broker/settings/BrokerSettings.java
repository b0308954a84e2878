package io.mcpgateway.broker.settings;

import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.session.redis.RedisUrl;
import io.mcpgateway.runtime.LogSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything the process was told at start.
 *
 * @param publicHost the host that client requests are pinned to
 * @param privateUrl base url of the gateway listener as the broker reaches it, for backend initialize
 * @param embeddedGateway where to serve without Envoy, if at all
 * @param metricsAddress where to serve {@code /metrics}, if at all
 * @param configSecret the Secret to watch for the configuration, in a cluster
 * @param checkInterval between two pings of a server
 * @param listPageSize the most items in one page of a list
 * @param callLimits how many calls may be under way
 * @param callTimeout how long a call may take to a server that says nothing of it
 * @param serverInstructions whether clients get what servers say about their use
 * @param sessionLength life of a gateway session
 * @param sessionStore where replicas share sessions; empty: in the memory of this process
 * @param signingKey empty: one is made for the life of the process
 * @param allowedOrigins web origins that may use {@code /mcp} besides the gateway's own host, as
 *     {@link io.mcpgateway.broker.router.OriginRule} takes them
 * @param allowLinkLocalUpstreams whether servers may be at link-local and metadata addresses
 */
public record BrokerSettings(
        Address routerAddress,
        Address brokerAddress,
        String publicHost,
        URI privateUrl,
        Optional<Address> embeddedGateway,
        Optional<Address> metricsAddress,
        Path configFile,
        Optional<SecretName> configSecret,
        Duration checkInterval,
        int listPageSize,
        CallLimits callLimits,
        Optional<Duration> callTimeout,
        boolean serverInstructions,
        Duration sessionLength,
        Optional<RedisUrl> sessionStore,
        Optional<SigningKey> signingKey,
        AuthorizationSettings authorization,
        List<String> allowedOrigins,
        boolean allowLinkLocalUpstreams,
        OAuthSettings oauth,
        LogSettings log) {
    public BrokerSettings {
        Objects.requireNonNull(routerAddress, "routerAddress");
        Objects.requireNonNull(brokerAddress, "brokerAddress");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(privateUrl, "privateUrl");
        Objects.requireNonNull(embeddedGateway, "embeddedGateway");
        Objects.requireNonNull(metricsAddress, "metricsAddress");
        Objects.requireNonNull(configFile, "configFile");
        Objects.requireNonNull(configSecret, "configSecret");
        Objects.requireNonNull(checkInterval, "checkInterval");
        Objects.requireNonNull(callLimits, "callLimits");
        Objects.requireNonNull(callTimeout, "callTimeout");
        Objects.requireNonNull(sessionLength, "sessionLength");
        Objects.requireNonNull(sessionStore, "sessionStore");
        Objects.requireNonNull(signingKey, "signingKey");
        Objects.requireNonNull(authorization, "authorization");
        allowedOrigins = List.copyOf(allowedOrigins);
        Objects.requireNonNull(oauth, "oauth");
        Objects.requireNonNull(log, "log");
    }
}
