package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What calls cost whose client and server speak MCP 2026-07-28, or different eras, compared with legacy calls. */
final class EraRuns {
    private static final int WORKERS = 8;

    private final Duration round;
    private final int rounds;
    private final Figures figures;

    /** @param figures get what is measured */
    EraRuns(Duration round, int rounds, Figures figures) {
        this.round = round;
        this.rounds = rounds;
        this.figures = figures;
    }

    /**
     * CPU time of one call, in microseconds.
     *
     * @param whole of the broker and Envoy together
     */
    record Cost(double broker, double whole, double rate, long errors) {}

    /** The median round of this traffic. */
    Cost of(String name, BenchBed bed, Load.Worker traffic) throws IOException, InterruptedException {
        Load.run(WORKERS, round.multipliedBy(2), bed.gatewayPort(), traffic, bed.broker());
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long before = bed.broker().cpuMicros();
            LoadResult result = Load.run(WORKERS, round, bed.gatewayPort(), traffic, bed.whole());
            double broker = (double) (bed.broker().cpuMicros() - before) / result.operations();
            costs.add(new Cost(broker, result.cpu(), result.rate(), result.errors()));
        }
        figures.add(name, "per second", costs, Cost::rate);
        figures.add(name, "CPU time of the broker, us", costs, Cost::broker);
        figures.add(name, "CPU time of broker and Envoy, us", costs, Cost::whole);
        List<Cost> sorted =
                costs.stream().sorted(Comparator.comparingDouble(Cost::whole)).toList();
        return sorted.get(sorted.size() / 2);
    }

    /** A call in one era costs the broker no more than a legacy one. */
    static BenchRow modern(Cost modern, Cost legacy) {
        return BenchRow.judged(
                "2026-07-28 on both sides, c=8",
                text(modern, legacy),
                "CPU of the broker <= that of a legacy call",
                modern.broker() <= legacy.broker() && modern.errors() == 0);
    }

    /** A call between the eras takes two more hops. */
    static BenchRow bridged(String name, Cost bridged, Cost legacy) {
        return BenchRow.judged(
                name + ", c=8",
                text(bridged, legacy),
                "CPU of both <= 1.5 x that of a legacy call",
                bridged.whole() <= 1.5 * legacy.whole() && bridged.errors() == 0);
    }

    private static String text(Cost cost, Cost legacy) {
        return BenchRuns.text(
                "%.0f/s, CPU of the broker %.0f us, with Envoy %.0f us (a legacy call %.0f, %.0f)",
                cost.rate(), cost.broker(), cost.whole(), legacy.broker(), legacy.whole());
    }
}
