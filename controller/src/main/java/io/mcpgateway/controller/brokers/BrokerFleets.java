package io.mcpgateway.controller.brokers;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;

/** The brokers of an extension, put together from what was written and what the replicas report. */
public final class BrokerFleets {
    /** No broker reports this hash, so nothing counts as delivered. */
    private static final String NOT_WRITTEN = "";

    private final ConfigSecretStore configs;
    private final BrokerStatusClient brokers;
    private final DeliveryWaits waits;

    public BrokerFleets(ConfigSecretStore configs, BrokerStatusClient brokers, DeliveryWaits waits) {
        this.configs = configs;
        this.brokers = brokers;
        this.waits = waits;
    }

    public BrokerFleet of(ObjectKey extension) {
        String hash = configs.current(extension.namespace())
                .map(ConfigSecretStore.Written::hash)
                .orElse(NOT_WRITTEN);
        return new BrokerFleet(extension, hash, replicas(extension.namespace()));
    }

    /**
     * The brokers as seen by one of their servers. While the configuration with its entry is still to be written, no
     * replica can run it. Until all do, every change of what they run brings the server's registration back here.
     */
    public BrokerFleet of(ObjectKey extension, McpServer entry) {
        String namespace = extension.namespace();
        waits.begin(namespace, entry.name());
        boolean written = configs.current(namespace)
                .map(config -> entry.equals(config.servers().get(entry.name())))
                .orElse(false);
        BrokerFleet fleet = written ? of(extension) : new BrokerFleet(extension, NOT_WRITTEN, replicas(namespace));
        if (fleet.isProgrammed()) {
            waits.end(namespace, entry.name());
        }
        return fleet;
    }

    private List<BrokerReplica> replicas(String namespace) {
        brokers.follow(namespace);
        return brokers.replicas(namespace);
    }
}
