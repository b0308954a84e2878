package io.mcpgateway.e2e.scale;

import io.mcpgateway.e2e.bench.BenchBackend;
import io.mcpgateway.e2e.bench.BenchTraffic;
import io.mcpgateway.e2e.bench.Load;
import io.mcpgateway.e2e.bench.LoadResult;
import io.mcpgateway.e2e.bench.RawConnection;
import io.mcpgateway.e2e.scale.ScaleBed.Size;
import io.mcpgateway.e2e.scale.picture.Figure;
import io.mcpgateway.e2e.scale.picture.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Opens ever more sessions on one broker: at each point the sessions of the points before are still open. Every tenth one
 * makes a call, so it has a session at the server; loads go through these.
 */
final class SessionRuns {
    private static final int ACTIVE_OF = 10;
    private static final int STEP = 50_000;
    private static final int WARM_SESSIONS = 500;

    /** The load tool keeps the IDs of this many. */
    private static final int MOST_KEPT = 20_000;

    private final Runs runs;
    private final List<String> active = new ArrayList<>();
    private int open;

    SessionRuns(Runs runs) {
        this.runs = runs;
    }

    List<Measured.Point> points(List<Integer> xs, Path folder) throws IOException, InterruptedException {
        List<Measured.Point> points = new ArrayList<>();
        try (ScaleBed bed = ScaleBed.start(runs.programs(), folder, new Size(1, ACTIVE_OF, 1))) {
            runs.say().accept("warming up");
            for (int i = 0; i < Runs.WARM_LOADS; i++) {
                load(bed, BenchTraffic.calls(ScaleBed.TOOL));
            }
            Runs.firstCalls(bed.port(), WARM_SESSIONS, new Collected(0));
            for (int x : xs) {
                points.add(point(bed, x));
            }
        }
        return points;
    }

    private Measured.Point point(ScaleBed bed, int x) throws IOException, InterruptedException {
        Collected collected = new Collected(x);
        List<Tally> tallies = new ArrayList<>();
        while (open < x) {
            int more = Math.min(STEP, x - open);
            tallies.add(open(bed.port(), more));
            open += more;
            runs.say().accept("%,d of %,d sessions open".formatted(open, x));
        }
        collected.add(Figure.OPEN_P50, result(tallies, Tally::opened).p50());
        Runs.addFirst(result(tallies, Tally::called), collected);
        for (int round = 1; round <= runs.rounds(); round++) {
            runs.say().accept("%,d: round %d of %d".formatted(x, round, runs.rounds()));
            collected.addCalls(load(bed, inTurn()));
        }
        Runs.resident(bed, collected);
        collected.add(Figure.HEAP, bed.brokers().getFirst().heapKibibytes() / 1024.0);
        return collected.point();
    }

    private LoadResult load(ScaleBed bed, Load.Worker worker) throws IOException, InterruptedException {
        return Load.run(runs.workers(), runs.load(), bed.port(), worker, bed.brokersCpu());
    }

    /** Each call in another one of the sessions that have called before. */
    private Load.Worker inTurn() {
        AtomicInteger next = new AtomicInteger();
        String body = BenchTraffic.call(ScaleBed.TOOL);
        return _ -> connection -> {
            String session = active.get(Math.floorMod(next.getAndIncrement(), active.size()));
            RawConnection.Answer answer = connection.exchange(connection.request("POST", body, Optional.of(session)));
            return answer.status() == 200 && answer.text().contains(BenchBackend.ANSWER);
        };
    }

    /** Of one worker: how long sessions and first calls took, in nanoseconds, and who called. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Tally(long[] opened, long[] called, long errors, List<String> callers) {}

    private Tally open(int port, int count) throws IOException, InterruptedException {
        List<Callable<Tally>> parts = new ArrayList<>();
        for (int worker = 0; worker < runs.workers(); worker++) {
            int share = (count * (worker + 1)) / runs.workers() - (count * worker) / runs.workers();
            parts.add(() -> part(port, share));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(runs.workers())) {
            List<Tally> tallies = new ArrayList<>();
            for (Future<Tally> part : threads.invokeAll(parts)) {
                tallies.add(part.get());
            }
            for (Tally tally : tallies) {
                tally.callers().stream()
                        .limit(Math.max(0, MOST_KEPT - active.size()))
                        .forEach(active::add);
            }
            return new Tally(
                    all(tallies, Tally::opened),
                    all(tallies, Tally::called),
                    tallies.stream().mapToLong(Tally::errors).sum(),
                    List.of());
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e);
        }
    }

    private static Tally part(int port, int share) throws IOException {
        long[] opened = new long[share];
        long[] called = new long[share / ACTIVE_OF];
        long errors = 0;
        List<String> callers = new ArrayList<>();
        try (RawConnection connection = RawConnection.open(port)) {
            for (int i = 0; i < share; i++) {
                long begin = System.nanoTime();
                String session = BenchTraffic.open(connection);
                opened[i] = System.nanoTime() - begin;
                if (callers.size() < called.length) {
                    byte[] request = connection.request("POST", BenchTraffic.call(ScaleBed.TOOL), Optional.of(session));
                    begin = System.nanoTime();
                    errors += connection.exchange(request).status() == 200 ? 0 : 1;
                    called[callers.size()] = System.nanoTime() - begin;
                    callers.add(session);
                }
            }
        }
        return new Tally(opened, called, errors, callers);
    }

    private static LoadResult result(List<Tally> tallies, Function<Tally, long[]> times) {
        long errors = tallies.stream().mapToLong(Tally::errors).sum();
        return LoadResult.of(all(tallies, times), errors, 1, 0);
    }

    private static long[] all(List<Tally> tallies, Function<Tally, long[]> times) {
        return tallies.stream()
                .flatMapToLong(tally -> Arrays.stream(times.apply(tally)))
                .toArray();
    }
}
