package io.mcpgateway.controller.desired;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ConfigYaml;
import java.util.Objects;

/**
 * A configuration as it is written.
 *
 * @param document the content of config.yaml; it contains credentials
 * @param hash with which brokers report it
 */
public record RenderedConfig(BrokerConfig config, String document, String hash) {
    public RenderedConfig {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(hash, "hash");
    }

    public static RenderedConfig of(BrokerConfig config) {
        String document = ConfigYaml.print(config);
        return new RenderedConfig(config, document, ConfigHash.of(document));
    }

    public ConfigSize size() {
        return ConfigSize.of(document);
    }

    @Override
    public String toString() {
        return "RenderedConfig[hash=%s, servers=%d, virtualServers=%d]"
                .formatted(
                        hash, config.servers().size(), config.virtualServers().size());
    }
}
