package io.mcpgateway.broker.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The series of one metric, by the values of their labels. The registry is asked once for each series: there, it costs
 * a sorted list of labels and an ID, and here one look into a map. A series that leaves the registry leaves this, too.
 *
 * @param <K> the labels' values: all come from bounded sets
 * @param <M> counters or timers
 */
final class MeterFamily<K, M extends Meter> {
    private final MeterRegistry registry;
    private final BiFunction<K, MeterRegistry, M> registration;
    private final Map<K, M> known = new ConcurrentHashMap<>();
    private final Map<Meter.Id, K> labelsOf = new ConcurrentHashMap<>();

    MeterFamily(MeterRegistry registry, BiFunction<K, MeterRegistry, M> registration) {
        this.registry = registry;
        this.registration = registration;
        registry.config().onMeterRemoved(this::forget);
    }

    M of(K labels) {
        M meter = known.get(labels);
        return meter == null ? registered(labels) : meter;
    }

    /**
     * Never registers inside of the map, whose locks whoever removes a meter takes in the other order. A meter that
     * was removed before it was in the map is taken out here; it counts once for nobody.
     */
    @SuppressWarnings("ReferenceEquality") // Another meter of the same ID may have taken its place.
    private M registered(K labels) {
        M meter = registration.apply(labels, registry);
        labelsOf.put(meter.getId(), labels);
        known.put(labels, meter);
        if (registry.getMeters().stream().noneMatch(present -> present == meter)) {
            forget(meter);
        }
        return meter;
    }

    private void forget(Meter meter) {
        K labels = labelsOf.get(meter.getId());
        if (labels != null && known.remove(labels, meter)) {
            labelsOf.remove(meter.getId());
        }
    }
}
