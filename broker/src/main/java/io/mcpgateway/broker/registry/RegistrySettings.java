package io.mcpgateway.broker.registry;

import io.mcpgateway.broker.url.PublicUrls;
import java.util.Objects;

/**
 * Whether and as what the gateway is a registry.
 *
 * @param enabled otherwise its paths are as unknown as any other
 * @param version what initialize answers as the version of the server at each URL
 * @param publicHost from which names are made; lower case, without port
 */
public record RegistrySettings(boolean enabled, String version, String publicHost, PublicUrls urls) {
    public RegistrySettings {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(urls, "urls");
    }
}
