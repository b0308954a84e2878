package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A closed loop as in {@link Load}, told second by second, and call by call. */
final class Slices {
    /** After how many calls the CPU time is read. */
    static final List<Integer> MARKS = List.of(250, 500, 1000, 2000, 4000, 8000, 16_000);

    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_IN_A_SECOND = 30_000;

    private final long[][] nanos;
    private final int[] counts;
    private final double[] marks = new double[MARKS.size()];
    private final AtomicInteger calls = new AtomicInteger();
    private final CpuMeter watched;
    private final long before;
    private final long start = System.nanoTime();

    private Slices(int seconds, CpuMeter watched) throws IOException {
        this.nanos = new long[seconds][MOST_IN_A_SECOND];
        this.counts = new int[seconds];
        this.watched = watched;
        this.before = watched.cpuMicros();
        Arrays.fill(marks, Double.NaN);
    }

    /**
     * One second.
     *
     * @param p99 in milliseconds
     */
    record Slice(int operations, double p99) {}

    /**
     * The result.
     *
     * @param cpu of the watched process in milliseconds, from the start to each of {@link #MARKS}; not a number if there
     *     were fewer calls. Unlike the rates, it hardly depends on what else the machine does
     */
    record Result(List<Slice> slices, List<Double> cpu) {}

    /**
     * Each worker's session is begun in the first second, which is what clients do after a restart.
     *
     * @param least calls; if there were fewer in the time, it goes on
     */
    static Result run(int workers, int seconds, int least, int port, Load.Worker worker, CpuMeter watched)
            throws IOException, InterruptedException {
        Slices slices = new Slices(seconds, watched);
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Callable<Integer>> loops = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                loops.add(() -> {
                    try (RawConnection connection = RawConnection.open(port)) {
                        return slices.loop(least, connection, worker.prepare(connection));
                    }
                });
            }
            int errors = 0;
            for (Future<Integer> loop : threads.invokeAll(loops)) {
                errors += result(loop);
            }
            if (errors > 0) {
                throw new IOException(errors + " calls failed");
            }
        }
        return slices.result();
    }

    private int loop(int least, RawConnection connection, Load.Operation operation) throws IOException {
        int errors = 0;
        long now = System.nanoTime();
        while (now - start < nanos.length * SECOND || calls.get() < least) {
            errors += operation.run(connection) ? 0 : 1;
            long after = System.nanoTime();
            count((int) ((after - start) / SECOND), after - now);
            now = after;
        }
        return errors;
    }

    private void count(int second, long took) throws IOException {
        int mark = MARKS.indexOf(calls.incrementAndGet());
        if (mark >= 0) {
            marks[mark] = (watched.cpuMicros() - before) / 1000.0;
        }
        if (second < counts.length) {
            synchronized (counts) {
                if (counts[second] < MOST_IN_A_SECOND) {
                    nanos[second][counts[second]++] = took;
                }
            }
        }
    }

    private Result result() {
        List<Slice> slices = new ArrayList<>();
        for (int second = 0; second < counts.length; second++) {
            int count = counts[second];
            long[] sorted = Arrays.copyOf(nanos[second], count);
            Arrays.sort(sorted);
            slices.add(new Slice(count, count == 0 ? 0 : sorted[(int) Math.min(count - 1L, count * 99L / 100)] / 1e6));
        }
        return new Result(slices, Arrays.stream(marks).boxed().toList());
    }

    private static int result(Future<Integer> loop) throws IOException, InterruptedException {
        try {
            return loop.get();
        } catch (ExecutionException e) {
            throw new IOException("the load was interrupted: " + e.getCause(), e);
        }
    }
}
