package io.mcpgateway.broker;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.config.ConfigApplier;
import io.mcpgateway.broker.config.ConfigFileWatcher;
import io.mcpgateway.broker.config.SecretConfigSource;
import io.mcpgateway.broker.discovery.DiscoveryContext;
import io.mcpgateway.broker.discovery.DiscoverySupervisor;
import io.mcpgateway.broker.discovery.DiscoveryTiming;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the snapshot up to date: with the configuration, and with what each server offers. */
record StateWiring(
        BrokerSettings settings,
        SnapshotCell cell,
        SessionDoubts doubts,
        GatewayMetrics metrics,
        Clock clock,
        Stops stops) {
    private static final Logger log = LoggerFactory.getLogger(StateWiring.class);
    private static final Duration CONFIG_POLL = Duration.ofMillis(250);
    private static final Duration DISCOVERY_END = Duration.ofSeconds(3);
    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(5);

    /** The cell holds the first configuration when this returns. */
    void loadConfiguration() throws StartFailure {
        ConfigApplier applier = new ConfigApplier(cell, metrics, settings.callTimeout(), settings.ownHosts());
        Optional<SecretConfigSource> secret =
                settings.configSecret().map(name -> SecretConfigSource.inCluster(name, applier));
        secret.ifPresent(source -> stops.push(source::close));
        ConfigFileWatcher watcher = new ConfigFileWatcher(
                settings.get(BrokerOptions.CONFIG_FILE),
                CONFIG_POLL,
                applier,
                () -> secret.filter(SecretConfigSource::isWatching).isPresent());
        List<String> problems = watcher.start();
        if (!problems.isEmpty()) {
            throw new StartFailure(problems);
        }
        stops.push(watcher::close);
        secret.ifPresent(SecretConfigSource::start);
    }

    /** Returns what asks a server again whose answers show that it has changed. */
    Consumer<ServerName> startDiscovery(McpHttpClient client) {
        stops.push(client::close);
        DiscoveryContext context = new DiscoveryContext(
                client,
                HttpLimits.DEFAULT,
                DiscoveryTiming.every(Duration.ofSeconds(settings.get(BrokerOptions.CHECK_INTERVAL_SECONDS))),
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                metrics,
                report -> cell.update(snapshot -> snapshot.withReport(report)),
                this::renewed);
        DiscoverySupervisor supervisor = new DiscoverySupervisor(cell, context);
        supervisor.start();
        stops.push(() -> supervisor.stop(DISCOVERY_END));
        return supervisor::doubt;
    }

    /**
     * Waits until each server has answered or failed, so that no call to a new replica is refused because it does not know
     * the tool yet. A server that does neither cannot keep the gateway away for longer than {@link #FIRST_ANSWERS}.
     */
    void awaitFirstAnswers() {
        Instant end = clock.instant().plus(FIRST_ANSWERS);
        GatewaySnapshot now = cell.get();
        try {
            while (!now.unheard().isEmpty()) {
                Duration left = Duration.between(clock.instant(), end);
                if (!left.isPositive()) {
                    log.warn("Ready without the tools of servers that have not answered yet servers={}", now.unheard());
                    return;
                }
                now = cell.awaitAfter(now.revision(), left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewed(ServerName server) {
        cell.get().table().servers().values().stream()
                .filter(route -> route.name().equals(server))
                .forEach(route -> doubts.renewed(route.key(), clock.instant()));
    }
}
