package io.mcpgateway.e2e.scale;

import io.mcpgateway.e2e.bench.BenchTraffic;
import io.mcpgateway.e2e.bench.Load;
import io.mcpgateway.e2e.bench.LoadResult;
import io.mcpgateway.e2e.bench.ProcessMeter;
import io.mcpgateway.e2e.bench.RawConnection;
import io.mcpgateway.e2e.scale.ScaleBed.Size;
import io.mcpgateway.e2e.scale.picture.Curve;
import io.mcpgateway.e2e.scale.picture.Figure;
import io.mcpgateway.e2e.scale.picture.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures curves whose points each have a bed of their own. All beds run at once and are measured in turn, so the
 * machine's mood falls on all points alike.
 *
 * @param load duration of one load
 * @param workers clients of one load
 */
record Runs(Programs programs, int rounds, Duration load, int workers, Consumer<String> say) {
    private static final int TOOLS_EACH = 10;
    private static final int FIRST_CALLS = 200;

    /** The compiler needs half a minute of load for the code that is used most. */
    static final int WARM_LOADS = 5;

    /** The points of {@link Curve#TOOLS}, {@link Curve#SERVERS} or {@link Curve#REPLICAS}. */
    List<Measured.Point> points(Curve curve, List<Integer> xs, Path folder) throws IOException, InterruptedException {
        List<ScaleBed> beds = new ArrayList<>();
        List<Collected> collected = new ArrayList<>();
        try {
            // So the first point does not have to read the image from disk.
            ScaleBed.start(programs, folder.resolve("first"), size(curve, xs.getFirst()))
                    .close();
            for (int x : xs) {
                ScaleBed bed = ScaleBed.start(programs, folder.resolve(Integer.toString(x)), size(curve, x));
                beds.add(bed);
                Collected point = new Collected(x);
                point.add(Figure.START, bed.untilListed());
                collected.add(point);
                say.accept("%,d: listed after %,d ms"
                        .formatted(x, bed.untilListed().toMillis()));
            }
            for (int i = 0; i < beds.size(); i++) {
                say.accept("%,d: warming up".formatted(xs.get(i)));
                warm(beds.get(i));
            }
            for (int round = 1; round <= rounds; round++) {
                for (int i = 0; i < beds.size(); i++) {
                    say.accept("%,d: round %d of %d".formatted(xs.get(i), round, rounds));
                    measure(curve, beds.get(i), collected.get(i));
                }
            }
            for (int i = 0; i < beds.size(); i++) {
                resident(beds.get(i), collected.get(i));
            }
            return collected.stream().map(Collected::point).toList();
        } finally {
            beds.forEach(ScaleBed::close);
        }
    }

    private static Size size(Curve curve, int x) {
        return switch (curve) {
            case TOOLS -> new Size(1, x, 1);
            case SERVERS -> new Size(x, TOOLS_EACH, 1);
            case REPLICAS -> new Size(1, TOOLS_EACH, x);
            case SESSIONS, REGISTRATIONS -> throw new IllegalArgumentException("not with a bed for each point");
        };
    }

    private void warm(ScaleBed bed) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_LOADS * bed.brokers().size(); i++) {
            calls(bed);
        }
        lists(bed);
    }

    private void measure(Curve curve, ScaleBed bed, Collected into) throws IOException, InterruptedException {
        into.addCalls(calls(bed));
        if (curve == Curve.REPLICAS) {
            firstCalls(bed.port(), FIRST_CALLS, into);
        } else {
            into.addLists(lists(bed));
            into.add(Figure.LIST_KIB, ListTraffic.size(bed.port()) / 1024.0);
        }
        into.add(Figure.CHANGE, bed.untilChangeIsListed());
    }

    private LoadResult calls(ScaleBed bed) throws IOException, InterruptedException {
        return Load.run(workers, load, bed.port(), BenchTraffic.calls(ScaleBed.TOOL), bed.brokersCpu());
    }

    private LoadResult lists(ScaleBed bed) throws IOException, InterruptedException {
        return Load.run(workers, load, bed.port(), ListTraffic.wholeLists(), bed.brokersCpu());
    }

    /** Of this number of new sessions; the first call also opens one at the server. */
    static void firstCalls(int port, int sessions, Collected into) throws IOException {
        long[] nanos = new long[sessions];
        int errors = 0;
        try (RawConnection connection = RawConnection.open(port)) {
            for (int i = 0; i < sessions; i++) {
                Optional<String> session = Optional.of(BenchTraffic.open(connection));
                byte[] request = connection.request("POST", BenchTraffic.call(ScaleBed.TOOL), session);
                long begin = System.nanoTime();
                errors += connection.exchange(request).status() == 200 ? 0 : 1;
                nanos[i] = System.nanoTime() - begin;
            }
        }
        addFirst(LoadResult.of(nanos, errors, 1, 0), into);
    }

    static void addFirst(LoadResult first, Collected into) {
        into.add(Figure.FIRST_P50, first.p50());
        into.add(Figure.FIRST_P99, first.p99());
        into.addErrors(first.errors());
    }

    /** Of all brokers together. */
    static void resident(ScaleBed bed, Collected into) throws IOException {
        double sum = 0;
        for (ProcessMeter broker : bed.brokers()) {
            sum += broker.residentMebibytes();
        }
        into.add(Figure.RESIDENT, sum);
    }
}
