package io.mcpgateway.broker.config;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a document into force, wherever it comes from. One that does not parse is refused as a whole and the last good
 * one stays; one that runs already is left alone.
 */
public final class ConfigApplier {
    private static final Logger log = LoggerFactory.getLogger(ConfigApplier.class);

    private final SnapshotCell cell;
    private final GatewayMetrics metrics;
    private final Optional<Duration> callTimeout;
    private final Set<String> ownHosts;

    /**
     * Puts documents into this cell.
     *
     * @param callTimeout of servers that have none of their own
     * @param ownHosts under which clients know the gateway, so no virtual server can have one for itself; in lower case,
     *     without port
     */
    public ConfigApplier(
            SnapshotCell cell, GatewayMetrics metrics, Optional<Duration> callTimeout, Set<String> ownHosts) {
        this.cell = cell;
        this.metrics = metrics;
        this.callTimeout = callTimeout;
        this.ownHosts = Set.copyOf(ownHosts);
    }

    /**
     * Applies a document.
     *
     * @param source where it comes from, for the log: {@code file=/config/config.yaml}
     * @return why it is refused; empty if it runs
     */
    List<String> apply(String document, String source) {
        String hash = ConfigHash.of(document);
        return switch (ConfigYaml.parse(document)) {
            case ConfigYaml.Result.Refused refused -> refused.problems();
            case ConfigYaml.Result.Parsed(BrokerConfig parsed) -> {
                List<String> taken = takenFromGateway(parsed);
                if (!taken.isEmpty()) {
                    yield taken;
                }
                BrokerConfig config = callTimeout.map(parsed::limitedTo).orElse(parsed);
                if (!hash.equals(cell.get().configHash())) {
                    cell.update(snapshot -> snapshot.withConfig(config, hash));
                    metrics.configApplied(hash);
                    log.info(
                            "configuration applied {} hash={} servers={} virtualServers={} protocolVersions={}",
                            source,
                            shortHash(hash),
                            config.servers().size(),
                            config.virtualServers().size(),
                            config.protocolVersions().isEmpty() ? "all" : config.protocolVersions());
                    warnOfUnusable(config);
                } else {
                    metrics.configUnchanged();
                }
                yield List.of();
            }
        };
    }

    /** Everything else would be unreachable there. */
    private List<String> takenFromGateway(BrokerConfig config) {
        return config.virtualServers().stream()
                .filter(virtualServer -> virtualServer
                        .url()
                        .hostname()
                        .filter(ownHosts::contains)
                        .isPresent())
                .map(virtualServer ->
                        "virtual server '%s': its hostname %s is the gateway's own public host; give it another one, or 'path'"
                                .formatted(
                                        virtualServer.name(),
                                        virtualServer.url().hostname().orElse("")))
                .toList();
    }

    private static void warnOfUnusable(BrokerConfig config) {
        ServedRevisions ofGateway = ServedRevisions.of(config.protocolVersions());
        for (VirtualServer virtualServer : config.virtualServers()) {
            if (virtualServer.tools().isEmpty() && virtualServer.rules().isEmpty()) {
                log.warn(
                        "virtual server {} selects no tools: it has neither 'tools' nor 'include'",
                        virtualServer.name());
            }
            ServedRevisions there = ServedRevisions.of(virtualServer.protocolVersions());
            if (there.and(ofGateway).newestFirst().isEmpty()) {
                log.warn(
                        "no client can use virtual server {}: its protocolVersions {} and those of the gateway {} have none in common",
                        virtualServer.name(),
                        virtualServer.protocolVersions(),
                        config.protocolVersions());
            }
        }
    }

    /**
     * Logs that a document changed nothing.
     *
     * @param document the refused one; empty if there is none
     */
    void refused(List<String> problems, String source, String document) {
        metrics.configRefused();
        log.error(
                "configuration refused, the last good one stays {} hash={} running={} problems={}",
                source,
                shortHash(ConfigHash.of(document)),
                shortHash(cell.get().configHash()),
                problems);
    }

    private static String shortHash(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
