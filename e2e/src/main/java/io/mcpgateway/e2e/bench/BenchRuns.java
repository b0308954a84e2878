package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The scenarios, each against its target. */
final class BenchRuns {
    private static final int WARM_SESSIONS = 500;
    private static final String BROKER = "the broker";

    private final Duration round;
    private final int rounds;
    private final Figures figures;

    /**
     * The runs.
     *
     * @param round duration of each load phase
     * @param figures get what is measured
     */
    BenchRuns(Duration round, int rounds, Figures figures) {
        this.round = round;
        this.rounds = rounds;
        this.figures = figures;
    }

    /** Gives the JIT time, so the figures are those of a pod that has been running for a while. */
    void warm(BenchBed bed, Duration time) throws IOException, InterruptedException {
        Load.run(8, time, bed.gatewayPort(), BenchTraffic.calls(BenchBed.TOOL), bed.broker());
        Load.run(8, time.dividedBy(3), bed.baselinePort(), BenchTraffic.calls("tool0"), bed.broker());
        // In 4 s only half of what a session's start and end run is compiled.
        Load.run(8, time, bed.gatewayPort(), BenchTraffic.cycles(), bed.broker());
        Load.run(8, time.dividedBy(3), bed.gatewayPort(), BenchTraffic.pings(), bed.broker());
        openAndCall(bed, WARM_SESSIONS);
    }

    /** The same for lists alone. */
    void warmLists(BenchBed bed, int tools, Duration time) throws IOException, InterruptedException {
        Load.run(8, time, bed.gatewayPort(), BenchTraffic.lists(tools), bed.broker());
        Load.run(8, time.dividedBy(3), bed.baselinePort(), BenchTraffic.lists(tools), bed.broker());
    }

    List<BenchRow> calls(BenchBed bed, int workers, double ratioTarget, int cpuTarget)
            throws IOException, InterruptedException {
        List<LoadResult> baselines = new ArrayList<>();
        List<LoadResult> gateways = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            baselines.add(load(bed, workers, bed.baselinePort(), BenchTraffic.calls("tool0")));
            gateways.add(load(bed, workers, bed.gatewayPort(), BenchTraffic.calls(BenchBed.TOOL)));
        }
        LoadResult baseline = LoadResult.median(baselines);
        LoadResult gateway = LoadResult.median(gateways);
        String name = "tools/call c=" + workers;
        figures.loads("baseline " + name, baselines, "");
        figures.loads(name, gateways, BROKER);
        double ratio = gateway.rate() / baseline.rate();
        List<BenchRow> rows = new ArrayList<>();
        rows.add(BenchRow.judged(
                name,
                text("%.0f/s of %.0f/s = %.2f, %d errors", gateway.rate(), baseline.rate(), ratio, gateway.errors()),
                text(">= %.2f of the baseline", ratioTarget),
                ratio >= ratioTarget && gateway.errors() == 0));
        rows.add(latency(name, workers, baseline, gateway));
        rows.add(BenchRow.judged(
                name + " CPU",
                text("%.0f us", gateway.cpu()),
                text("<= %d us", cpuTarget),
                gateway.cpu() <= cpuTarget));
        return rows;
    }

    private static BenchRow latency(String name, int workers, LoadResult baseline, LoadResult gateway) {
        String measured = text(
                "p50 %.2f p99 %.2f (baseline %.2f, %.2f) ms",
                gateway.p50(), gateway.p99(), baseline.p50(), baseline.p99());
        return switch (workers) {
            case 1 ->
                BenchRow.judged(name, measured, "p50 <= baseline + 0.40 ms", gateway.p50() <= baseline.p50() + 0.40);
            case 32 -> BenchRow.judged(name, measured, "p99 <= 3 x p50", gateway.p99() <= 3 * gateway.p50());
            default -> BenchRow.shown(name, measured);
        };
    }

    BenchRow listCpu(BenchBed bed, int tools, int cpuTarget) throws IOException, InterruptedException {
        LoadResult result = gateway(lists(tools), bed, BenchTraffic.lists(tools));
        return cpuRow(lists(tools), result, cpuTarget);
    }

    BenchRow listRatio(BenchBed bed, int tools, double target) throws IOException, InterruptedException {
        List<LoadResult> baselines = new ArrayList<>();
        List<LoadResult> gateways = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            baselines.add(load(bed, 8, bed.baselinePort(), BenchTraffic.lists(tools)));
            gateways.add(load(bed, 8, bed.gatewayPort(), BenchTraffic.lists(tools)));
        }
        figures.loads("baseline " + lists(tools), baselines, "");
        figures.loads(lists(tools), gateways, BROKER);
        LoadResult baseline = LoadResult.median(baselines);
        LoadResult gateway = LoadResult.median(gateways);
        double ratio = gateway.rate() / baseline.rate();
        return BenchRow.judged(
                lists(tools),
                text(
                        "%.0f/s of %.0f/s = %.2f, p50 %.1f p99 %.1f ms, CPU %.0f us",
                        gateway.rate(), baseline.rate(), ratio, gateway.p50(), gateway.p99(), gateway.cpu()),
                text(">= %.2f of the baseline", target),
                ratio >= target && gateway.errors() == 0);
    }

    BenchRow pings(BenchBed bed) throws IOException, InterruptedException {
        String name = "ping, c=8";
        return cpuRow(name, gateway(name, bed, BenchTraffic.pings()), 150);
    }

    BenchRow cycles(BenchBed bed) throws IOException, InterruptedException {
        String name = "initialize + initialized + DELETE, c=8";
        return cpuRow(name, gateway(name, bed, BenchTraffic.cycles()), 500);
    }

    private static String lists(int tools) {
        return "tools/list, " + tools + " tools, c=8";
    }

    private LoadResult gateway(String name, BenchBed bed, Load.Worker traffic)
            throws IOException, InterruptedException {
        List<LoadResult> results = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            results.add(load(bed, 8, bed.gatewayPort(), traffic));
        }
        figures.loads(name, results, BROKER);
        return LoadResult.median(results);
    }

    /** The first call of a session also opens the session at the server. */
    BenchRow firstCalls(BenchBed bed, int sessions) throws IOException {
        String name = "first call of a session, c=1";
        long before = bed.backend().initializes();
        LoadResult result = openAndCall(bed, sessions);
        long initializes = bed.backend().initializes() - before;
        figures.one(name, "p50, ms", result.p50());
        figures.one(name, "p99, ms", result.p99());
        return BenchRow.judged(
                name,
                text("p50 %.2f p99 %.2f ms, %d initializes for %d", result.p50(), result.p99(), initializes, sessions),
                "p50 <= 2.5 ms, one initialize each",
                result.p50() <= 2.5 && initializes == sessions && result.errors() == 0);
    }

    /** The time of each call; opening the session before it is not part of it. */
    private static LoadResult openAndCall(BenchBed bed, int sessions) throws IOException {
        long[] nanos = new long[sessions];
        int errors = 0;
        try (RawConnection connection = RawConnection.open(bed.gatewayPort())) {
            for (int i = 0; i < sessions; i++) {
                Optional<String> session = Optional.of(BenchTraffic.open(connection));
                byte[] request = connection.request("POST", BenchTraffic.call(BenchBed.TOOL), session);
                long start = System.nanoTime();
                errors += connection.exchange(request).status() == 200 ? 0 : 1;
                nanos[i] = System.nanoTime() - start;
            }
        }
        return LoadResult.of(nanos, errors, 1, 0);
    }

    private static BenchRow cpuRow(String name, LoadResult result, int target) {
        return BenchRow.judged(
                name,
                text(
                        "%.0f/s, p50 %.2f p99 %.2f ms, CPU %.0f us",
                        result.rate(), result.p50(), result.p99(), result.cpu()),
                text("CPU <= %d us", target),
                result.cpu() <= target && result.errors() == 0);
    }

    private LoadResult load(BenchBed bed, int workers, int port, Load.Worker worker)
            throws IOException, InterruptedException {
        return Load.run(workers, round, port, worker, bed.broker());
    }

    @SuppressWarnings("AnnotateFormatMethod") // Its annotations are in a library that nothing else here needs.
    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
