package io.mcpgateway.e2e.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The results of one load phase.
 *
 * @param rate operations per second
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param cpu CPU time of the watched process per operation, in microseconds
 */
public record LoadResult(long operations, long errors, double rate, double p50, double p99, double cpu) {
    public static LoadResult of(long[] nanos, long errors, double seconds, double cpuMicros) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        return new LoadResult(
                count,
                errors,
                count / seconds,
                count == 0 ? 0 : sorted[count / 2] / 1e6,
                count == 0 ? 0 : sorted[(int) Math.min(count - 1L, count * 99L / 100)] / 1e6,
                count == 0 ? 0 : cpuMicros / count);
    }

    /** The round with the median rate; operations and errors are the sums of all rounds. */
    static LoadResult median(List<LoadResult> rounds) {
        LoadResult middle = rounds.stream()
                .sorted(Comparator.comparingDouble(LoadResult::rate))
                .toList()
                .get(rounds.size() / 2);
        return new LoadResult(
                rounds.stream().mapToLong(LoadResult::operations).sum(),
                rounds.stream().mapToLong(LoadResult::errors).sum(),
                middle.rate,
                middle.p50,
                middle.p99,
                middle.cpu);
    }
}
