package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a call of MCP 2026-07-28 would cost if Envoy routed it by its headers alone: an experiment, see {@link DirectLane}. */
final class DirectRuns {
    private static final Load.Worker TRAFFIC = BenchTraffic.serverCalls(DirectLane.PATH, "tool0");

    private final Duration round;
    private final int rounds;
    private final Figures figures;

    /** @param figures get what is measured */
    DirectRuns(Duration round, int rounds, Figures figures) {
        this.round = round;
        this.rounds = rounds;
        this.figures = figures;
    }

    /** Without the gateway, by the route alone, and through the router, in turn. */
    List<BenchRow> compared(BenchBed bed, DirectLane lane) throws IOException, InterruptedException {
        load(8, round.multipliedBy(2), bed.gatewayPort(), bed.envoy());
        load(8, round, lane.port(), lane.envoy());
        List<BenchRow> rows = new ArrayList<>();
        for (int workers : List.of(8, 1)) {
            List<LoadResult> floors = new ArrayList<>();
            List<LoadResult> lanes = new ArrayList<>();
            List<LoadResult> routers = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                floors.add(load(workers, round, bed.baselinePort(), bed.baseline()));
                lanes.add(load(workers, round, lane.port(), lane.envoy()));
                routers.add(load(workers, round, bed.gatewayPort(), bed.envoy()));
            }
            String at = ", at a server's own URL, c=" + workers;
            figures.loads("baseline" + at, floors, "Envoy");
            figures.loads("routed by headers alone (experiment)" + at, lanes, "Envoy");
            figures.loads("through the router" + at, routers, "Envoy");
            rows.add(row(workers, LoadResult.median(floors), LoadResult.median(lanes), LoadResult.median(routers)));
        }
        return rows;
    }

    private static BenchRow row(int workers, LoadResult floor, LoadResult lane, LoadResult router) {
        return BenchRow.shown(
                "experiment: routed by headers alone, c=" + workers,
                BenchRuns.text(
                        "%.0f/s = %.2f of the baseline, %.2f x through the router; p50 %.2f ms (%.2f, %.2f); "
                                + "CPU of Envoy %.0f us (%.0f, %.0f); %d errors",
                        lane.rate(),
                        lane.rate() / floor.rate(),
                        lane.rate() / router.rate(),
                        lane.p50(),
                        floor.p50(),
                        router.p50(),
                        lane.cpu(),
                        floor.cpu(),
                        router.cpu(),
                        floor.errors() + lane.errors() + router.errors()));
    }

    private static LoadResult load(int workers, Duration time, int port, CpuMeter watched)
            throws IOException, InterruptedException {
        return Load.run(workers, time, port, TRAFFIC, watched);
    }
}
