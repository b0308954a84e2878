package io.mcpgateway.controller.brokers;

import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long a configuration takes from its Secret into all ready replicas: metric
 * {@code mcp_controller_config_propagation_seconds}. A configuration that is replaced before it arrived everywhere is
 * not measured, and neither is one for which there was no replica.
 */
public final class Deliveries {
    private record Written(String hash, long atNanos) {}

    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final Function<String, List<BrokerReplica>> replicas;
    private final LongSupplier nanos;
    private final Timer timer;
    private final Map<String, Written> underway = new ConcurrentHashMap<>();

    /**
     * A measurement.
     *
     * @param replicas the ready ones of a namespace
     * @param nanos a clock that only runs forward
     */
    public Deliveries(MeterRegistry registry, Function<String, List<BrokerReplica>> replicas, LongSupplier nanos) {
        this.replicas = replicas;
        this.nanos = nanos;
        this.timer = Timer.builder("mcp_controller_config_propagation")
                .description("from the write of a configuration Secret until all ready brokers report its hash")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    void written(String namespace, String hash) {
        if (replicas.apply(namespace).isEmpty()) {
            underway.remove(namespace);
            return;
        }
        underway.put(namespace, new Written(hash, nanos.getAsLong()));
        reported(namespace);
    }

    void reported(String namespace) {
        Written written = underway.get(namespace);
        if (written == null) {
            return;
        }
        List<BrokerReplica> present = replicas.apply(namespace);
        boolean everywhere = !present.isEmpty() && present.stream().allMatch(replica -> runs(replica, written.hash()));
        if (everywhere && underway.remove(namespace, written)) {
            Duration duration = Duration.ofNanos(nanos.getAsLong() - written.atNanos());
            timer.record(duration);
            log.info(
                    "configuration runs everywhere namespace={} hash={} replicas={} millis={}",
                    namespace,
                    written.hash().substring(0, 12),
                    present.size(),
                    duration.toMillis());
        }
    }

    private static boolean runs(BrokerReplica replica, String hash) {
        return replica.answer() instanceof BrokerReplica.Answer.Reported(StatusReport report)
                && report.configHash().equals(hash);
    }
}
