package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A closed loop: each worker has a connection and sends its next request after the response. */
public final class Load {
    private static final int SAMPLES_AT_MOST = 2_000_000;

    private Load() {}

    /** One operation on a connection. */
    @FunctionalInterface
    public interface Operation {
        /** True if the response was correct. */
        boolean run(RawConnection connection) throws IOException;
    }

    /** Creates the operation of one worker. It may set up a session first, which is not timed. */
    @FunctionalInterface
    public interface Worker {
        Operation prepare(RawConnection connection) throws IOException;
    }

    /** Runs for this duration. */
    public static LoadResult run(int workers, Duration time, int port, Worker worker, CpuMeter watched)
            throws IOException, InterruptedException {
        List<RawConnection> connections = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Operation> operations = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                RawConnection connection = RawConnection.open(port);
                connections.add(connection);
                operations.add(worker.prepare(connection));
            }
            long cpu = watched.cpuMicros();
            long start = System.nanoTime();
            List<Callable<Tally>> loops = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                RawConnection connection = connections.get(i);
                Operation operation = operations.get(i);
                loops.add(() -> loop(connection, operation, start + time.toNanos()));
            }
            List<Tally> tallies = new ArrayList<>();
            for (Future<Tally> future : threads.invokeAll(loops)) {
                tallies.add(result(future));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] nanos = tallies.stream()
                    .flatMapToLong(tally -> Arrays.stream(tally.nanos()))
                    .toArray();
            long errors = tallies.stream().mapToLong(Tally::errors).sum();
            return LoadResult.of(nanos, errors, seconds, (double) (watched.cpuMicros() - cpu));
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared; boxing each sample would cost what is measured.
    private record Tally(long[] nanos, long errors) {}

    private static Tally loop(RawConnection connection, Operation operation, long end) throws IOException {
        long[] nanos = new long[1024];
        int count = 0;
        long errors = 0;
        long now = System.nanoTime();
        while (now < end && count < SAMPLES_AT_MOST) {
            boolean right = operation.run(connection);
            long after = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = after - now;
            errors += right ? 0 : 1;
            now = after;
        }
        return new Tally(Arrays.copyOf(nanos, count), errors);
    }

    private static Tally result(Future<Tally> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException("the load was interrupted: " + e.getCause(), e);
        }
    }
}
