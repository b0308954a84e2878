package io.mcpgateway.controller.cluster;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.controller.delivery.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;

/** The brokers of an extension, put together from what was written and what the replicas report. */
public final class BrokerFleets {
    /** No broker reports this hash, so nothing counts as delivered. */
    private static final String NOT_WRITTEN = "";

    private final ConfigSecretStore configs;
    private final BrokerStatusClient brokers;

    public BrokerFleets(ConfigSecretStore configs, BrokerStatusClient brokers) {
        this.configs = configs;
        this.brokers = brokers;
    }

    public BrokerFleet of(ObjectKey extension) {
        String hash = configs.current(extension.namespace())
                .map(ConfigSecretStore.Written::hash)
                .orElse(NOT_WRITTEN);
        return new BrokerFleet(extension, hash, brokers.replicas(extension.namespace()));
    }

    /**
     * The brokers as seen by one of their servers. While the configuration with its entry is still to be written, no
     * replica can run it.
     */
    public BrokerFleet of(ObjectKey extension, McpServer entry) {
        boolean written = configs.current(extension.namespace())
                .flatMap(config -> config.server(entry.name()))
                .filter(entry::equals)
                .isPresent();
        return written
                ? of(extension)
                : new BrokerFleet(extension, NOT_WRITTEN, brokers.replicas(extension.namespace()));
    }
}
