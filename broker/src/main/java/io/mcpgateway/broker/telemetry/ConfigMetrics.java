package io.mcpgateway.broker.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;

/** Which configuration this replica runs, and whether it refused one. */
final class ConfigMetrics {
    /** As many as a double holds exactly: 12 hex digits. */
    private static final int COMPARED_DIGITS = 12;

    private record Running(double hash, double since) {}

    private final MeterRegistry registry;
    private final Counter applied;
    private final Counter refused;
    private volatile Running running = new Running(0, 0);
    private volatile boolean lastIsGood = true;

    ConfigMetrics(MeterRegistry registry) {
        this.registry = registry;
        // Both from the start: a counter that begins at 1 has not increased for Prometheus.
        this.applied = loads("applied");
        this.refused = loads("refused");
        Gauge.builder("mcp_broker_config_hash", this, config -> config.running.hash())
                .description("The first 48 bits of the hash of the configuration that runs; equal at all replicas")
                .register(registry);
        Gauge.builder("mcp_broker_config_applied_timestamp_seconds", this, config -> config.running.since())
                .description("When the configuration that runs was applied, in Unix time")
                .register(registry);
        Gauge.builder("mcp_broker_config_last_load_successful", this, config -> config.lastIsGood ? 1 : 0)
                .description("1 if the newest configuration runs, 0 if it was refused and the one before it runs")
                .register(registry);
    }

    void applied(String hash) {
        running = new Running(
                compared(hash), registry.config().clock().wallTime() / (double) TimeUnit.SECONDS.toMillis(1));
        lastIsGood = true;
        applied.increment();
    }

    /** The newest document is the one that runs, perhaps after a refused one. */
    void unchanged() {
        lastIsGood = true;
    }

    void refused() {
        lastIsGood = false;
        refused.increment();
    }

    private Counter loads(String outcome) {
        return Counter.builder("mcp_broker_config_loads")
                .description("Configurations that were applied or refused")
                .tags("outcome", outcome)
                .register(registry);
    }

    private static long compared(String hash) {
        return Long.parseLong(hash, 0, Math.min(COMPARED_DIGITS, hash.length()), 16);
    }
}
