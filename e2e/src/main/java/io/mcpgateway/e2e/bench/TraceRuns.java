package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What traces cost: two brokers, one of which sends two spans for each call, measured in turn. */
final class TraceRuns {
    private static final String NAME = "traces, c=8";
    private static final int WORKERS = 8;
    private static final int TOOLS = 10;
    private static final double MOST = 1.05;

    private final Duration round;
    private final int rounds;
    private final Figures figures;

    /** @param figures get what is measured */
    TraceRuns(Duration round, int rounds, Figures figures) {
        this.round = round;
        this.rounds = rounds;
        this.figures = figures;
    }

    BenchRow measure(ProjectFolder project, Path envoy, Path folder) throws IOException, InterruptedException {
        try (TraceSink sink = TraceSink.start();
                BenchBed without = BenchBed.start(project, envoy, folder.resolve("off"), TOOLS);
                BenchBed with = BenchBed.startWith(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", sink.url().toString()),
                        project,
                        envoy,
                        folder.resolve("on"),
                        TOOLS)) {
            load(without, round.multipliedBy(4));
            load(with, round.multipliedBy(4));
            List<LoadResult> off = new ArrayList<>();
            List<LoadResult> on = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                off.add(load(without, round));
                on.add(load(with, round));
            }
            figures.loads(NAME + ": off", off, "broker and Envoy");
            figures.loads(NAME + ": all calls", on, "broker and Envoy");
            return row(LoadResult.median(off), LoadResult.median(on), sink.bytes());
        }
    }

    static BenchRow row(LoadResult off, LoadResult on, long bytes) {
        double ratio = on.cpu() / off.cpu();
        return BenchRow.judged(
                NAME,
                BenchRuns.text(
                        "CPU of both %.0f us instead of %.0f = %.2f, %.0f/s of %.0f/s, %d KiB of spans",
                        on.cpu(), off.cpu(), ratio, on.rate(), off.rate(), bytes / 1024),
                BenchRuns.text("CPU <= %.2f of that without", MOST),
                ratio <= MOST && bytes > 0 && on.errors() + off.errors() == 0);
    }

    private static LoadResult load(BenchBed bed, Duration time) throws IOException, InterruptedException {
        return Load.run(WORKERS, time, bed.gatewayPort(), BenchTraffic.calls(BenchBed.TOOL), bed.whole());
    }
}
