package io.mcpgateway.controller.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final List<BrokerReplica> replicas = new ArrayList<>();
    private final Deliveries deliveries = new Deliveries(registry, _ -> List.copyOf(replicas), nanos::get);

    @Test
    void theTimeUntilTheLastReplicaRunsItIsMeasured() {
        replicas.add(running("one", OLD));
        replicas.add(running("two", OLD));
        deliveries.written("ns", NEW);

        nanos.set(TimeUnit.MILLISECONDS.toNanos(100));
        replicas.set(0, running("one", NEW));
        deliveries.reported("ns");
        assertThat(timer().count()).isZero();

        nanos.set(TimeUnit.MILLISECONDS.toNanos(300));
        replicas.set(1, running("two", NEW));
        deliveries.reported("ns");
        deliveries.reported("ns");

        assertThat(timer().count()).isEqualTo(1);
        assertThat(timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(300);
    }

    @Test
    void aConfigurationThatNobodyWaitsForIsNotMeasured() {
        deliveries.written("ns", NEW);
        replicas.add(running("one", NEW));
        deliveries.reported("ns");

        assertThat(timer().count()).isZero();
    }

    private Timer timer() {
        return registry.get("mcp_controller_config_propagation").timer();
    }

    private static BrokerReplica running(String pod, String hash) {
        return new BrokerReplica(
                pod, new BrokerReplica.Answer.Reported(new StatusReport(1, hash, List.of(), Instant.EPOCH)));
    }
}
