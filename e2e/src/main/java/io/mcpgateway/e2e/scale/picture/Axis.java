package io.mcpgateway.e2e.scale.picture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Where values stand between the ends of an axis.
 *
 * @param ticks values with a line and a label
 */
record Axis(double low, double high, boolean logarithmic, List<Double> ticks) {
    /** Values whose largest is this many times the smallest one need a logarithmic axis. */
    private static final double WIDE = 20;

    private static final double[] STEPS = {1, 1.5, 2, 3, 4, 5, 6, 8, 10};
    private static final double SOME = 1e-9;

    /** For measured values: from zero, or in decades if they differ much. */
    static Axis of(Collection<Double> values) {
        double least = Collections.min(values);
        double most = Collections.max(values);
        return least > 0 && most / least >= WIDE ? decades(least, most) : fromZero(most);
    }

    /** For the points where was measured: each has its label. */
    static Axis ofPoints(List<Integer> points) {
        List<Double> ticks = points.stream().map(Integer::doubleValue).toList();
        return new Axis(ticks.getFirst(), ticks.getLast(), true, ticks);
    }

    /** From 0 at the lower end to 1 at the upper one; the middle if there is only one value. Values beyond the ends are refused. */
    double at(double value) {
        if (high <= low) {
            return 0.5;
        }
        double share = logarithmic
                ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
        if (share < -SOME || share > 1 + SOME) {
            throw new IllegalArgumentException(value + " is beyond the axis from " + low + " to " + high);
        }
        return share;
    }

    private static Axis decades(double least, double most) {
        int from = (int) Math.floor(Math.log10(least) + SOME);
        int to = (int) Math.ceil(Math.log10(most) - SOME);
        List<Double> ticks = new ArrayList<>();
        for (int power = from; power <= to; power++) {
            ticks.add(Math.pow(10, power));
        }
        return new Axis(ticks.getFirst(), ticks.getLast(), true, ticks);
    }

    private static Axis fromZero(double most) {
        double decade = Math.pow(10, Math.floor(Math.log10(Math.max(most, SOME))));
        for (double step : STEPS) {
            double high = step * decade;
            if (high >= most - SOME) {
                return new Axis(0, high, false, List.of(0.0, high / 2, high));
            }
        }
        throw new IllegalStateException("no step for " + most);
    }
}
