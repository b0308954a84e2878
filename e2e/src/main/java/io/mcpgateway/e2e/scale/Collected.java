package io.mcpgateway.e2e.scale;

import io.mcpgateway.e2e.bench.LoadResult;
import io.mcpgateway.e2e.scale.picture.Figure;
import io.mcpgateway.e2e.scale.picture.Measured;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was measured at one point so far. */
final class Collected {
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    private final int x;
    private long errors;
    private final Map<Figure, List<Double>> figures = new EnumMap<>(Figure.class);

    Collected(int x) {
        this.x = x;
    }

    int x() {
        return x;
    }

    void add(Figure figure, double value) {
        double kept = new BigDecimal(value).round(DIGITS).doubleValue();
        figures.computeIfAbsent(figure, _ -> new ArrayList<>()).add(kept);
    }

    void add(Figure figure, Duration value) {
        add(figure, value.toNanos() / 1e9);
    }

    void addCalls(LoadResult calls) {
        add(Figure.CALL_P50, calls.p50());
        add(Figure.CALL_P99, calls.p99());
        add(Figure.CALL_RATE, calls.rate());
        add(Figure.CALL_CPU, calls.cpu());
        addErrors(calls.errors());
    }

    void addLists(LoadResult lists) {
        add(Figure.LIST_P50, lists.p50());
        add(Figure.LIST_P99, lists.p99());
        add(Figure.LIST_CPU, lists.cpu());
        addErrors(lists.errors());
    }

    void addErrors(long more) {
        errors += more;
    }

    Measured.Point point() {
        Map<Figure, List<Double>> all = new EnumMap<>(figures);
        all.put(Figure.ERRORS, List.of((double) errors));
        return new Measured.Point(x, all);
    }
}
