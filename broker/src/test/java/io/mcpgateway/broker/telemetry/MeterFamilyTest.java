package io.mcpgateway.broker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterFamilyTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger registrations = new AtomicInteger();
    private final MeterFamily<String, Counter> family = new MeterFamily<>(registry, this::counter);

    @Test
    void theRegistryIsAskedOnceForEachSeries() {
        for (int call = 0; call < 100; call++) {
            family.of("ns/one").increment();
        }

        assertThat(registrations).hasValue(1);
        assertThat(registry.get("calls").tags("server_name", "ns/one").counter().count())
                .isEqualTo(100);
    }

    @Test
    void aSeriesThatWasRemovedBeginsAnew() {
        family.of("ns/one").increment();
        registry.remove(family.of("ns/one"));
        assertThat(registry.find("calls").counter()).isNull();

        family.of("ns/one").increment();

        assertThat(registry.get("calls").counter().count()).isEqualTo(1);
    }

    /** Whoever removes and whoever counts at the same time: in the end, what counts is what is read. */
    @Test
    void whatIsCountedAfterARaceIsRead() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 2_000; round++) {
                Future<?> removing = threads.submit(() -> registry.getMeters().forEach(registry::remove));
                threads.submit(() -> family.of("ns/one").increment()).get();
                removing.get();

                Counter counter = family.of("ns/one");
                assertThat(registry.find(counter.getId().getName()).counter()).isSameAs(counter);
            }
        }
    }

    /** Servers come, are called, and go, in any order: what is left is what is left of the servers. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void seriesStayBoundedWhateverServersComeAndGo(long seed) {
        Random random = new Random(seed);
        MeterRegistry all = new SimpleMeterRegistry();
        GatewayMetrics metrics = new GatewayMetrics(all);
        BridgeMetrics bridge = new BridgeMetrics(all);
        int before = all.getMeters().size();
        Set<String> present = new HashSet<>();
        int largest = 0;
        for (int next = 0; next < 3_000; next++) {
            present.add("ns/s" + next);
            List<String> names = new ArrayList<>(present);
            String server = names.get(random.nextInt(names.size()));
            touch(metrics, bridge, server, random);
            if (random.nextInt(10) == 0) {
                names.stream().filter(_ -> random.nextInt(4) > 0).forEach(present::remove);
                metrics.keepServers(present);
            }
            largest = Math.max(largest, present.size());
            // One server has at most this many series; those that are of no server are as many.
            assertThat(all.getMeters().size()).isLessThanOrEqualTo(before + 40 * (largest + 1));
        }

        metrics.keepServers(Set.of());

        assertThat(all.getMeters())
                .filteredOn(meter -> meter.getId().getTag("server_name") != null)
                .allMatch(meter -> "none".equals(meter.getId().getTag("server_name")));
    }

    private static void touch(GatewayMetrics metrics, BridgeMetrics bridge, String server, Random random) {
        metrics.served(server, new Serving(random.nextInt(9), random.nextBoolean(), 0, 0, 0, 0, false, SeenEra.LEGACY));
        metrics.routed("forward", server, "2025-11-25");
        metrics.refused(pick(RefusalReason.values(), random), "none");
        metrics.serverFailed(server, pick(ServerFailure.values(), random));
        metrics.serverSessionOpened(server, random.nextBoolean() ? "success" : "failure", Duration.ofMillis(1));
        metrics.discovered(server, random.nextBoolean() ? "success" : "failure", Duration.ofMillis(1));
        bridge.called(new BridgeMetrics.Hop(server, "2025-11-25", "2026-07-28"), pick(BridgedOutcome.values(), random));
        bridge.sessionOpened(server, "success");
        bridge.sessionClosed(server, pick(PooledClosing.values(), random));
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private Counter counter(String server, MeterRegistry meters) {
        registrations.incrementAndGet();
        return Counter.builder("calls").tags("server_name", server).register(meters);
    }
}
