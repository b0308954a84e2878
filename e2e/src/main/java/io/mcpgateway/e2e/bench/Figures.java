package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.bench.kept.KeptRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Collects what a run measures, round by round. */
final class Figures {
    private final List<KeptRun.Figure> all = new ArrayList<>();

    List<KeptRun.Figure> all() {
        return List.copyOf(all);
    }

    /**
     * The rounds of one load.
     *
     * @param cpuOf whose CPU time was measured; empty if nobody's
     */
    void loads(String scenario, List<LoadResult> rounds, String cpuOf) {
        add(scenario, "per second", rounds, LoadResult::rate);
        add(scenario, "p50, ms", rounds, LoadResult::p50);
        add(scenario, "p99, ms", rounds, LoadResult::p99);
        if (!cpuOf.isEmpty()) {
            add(scenario, "CPU time of " + cpuOf + ", us", rounds, LoadResult::cpu);
        }
    }

    <T> void add(String scenario, String figure, List<T> rounds, ToDoubleFunction<T> value) {
        all.add(new KeptRun.Figure(
                scenario,
                figure,
                rounds.stream().mapToDouble(value).map(Figures::rounded).boxed().toList()));
    }

    void one(String scenario, String figure, double value) {
        all.add(new KeptRun.Figure(scenario, figure, List.of(rounded(value))));
    }

    /** To four digits that count: more would only be noise in the repository. */
    private static double rounded(double value) {
        if (value == 0) {
            return 0;
        }
        double scale = Math.pow(10, 3 - Math.floor(Math.log10(Math.abs(value))));
        return Math.round(value * scale) / scale;
    }
}
