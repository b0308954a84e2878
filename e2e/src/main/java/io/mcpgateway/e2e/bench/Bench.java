package io.mcpgateway.e2e.bench;

import static io.mcpgateway.e2e.bench.BenchRuns.text;

import io.mcpgateway.e2e.bench.kept.KeptRun;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures, and prints the table and how many targets were met. The exit code only says whether it could measure. */
@Command(
        name = "bench",
        description = "Measures the gateway compared with the same Envoy and server without it.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    /** Longer than it takes the image to return the memory that only startup needed. */
    private static final Duration IDLE = Duration.ofSeconds(15);

    private static final String TO_LEGACY = "client of 2026-07-28, legacy server";
    private static final String TO_MODERN = "legacy client, server of 2026-07-28";

    @Option(names = "--seconds", description = "duration of each load phase (default: ${DEFAULT-VALUE})")
    private int seconds = 3;

    @Option(names = "--rounds", description = "number of load phases; the median counts (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(
            names = "--sessions",
            description = "sessions to hold open for the memory figure (default: ${DEFAULT-VALUE})")
    private int sessions = 5_000;

    @Option(names = "--markdown", description = "write the table to this file too")
    private Path markdown = Path.of("e2e/target/bench.md");

    @Option(names = "--keep", description = "also write the raw data of each round to docs/bench/")
    private boolean keep;

    private final ProjectFolder project = ProjectFolder.locate();
    private final List<BenchRow> rows = new ArrayList<>();
    private final Figures figures = new Figures();

    private Bench() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Path envoy = ForeignTool.ENVOY.locate(project, Bench::say);
            Path folder = Files.createTempDirectory(Files.createDirectories(project.resolve("e2e/target")), "bench-");
            String machine = BenchReport.machine();
            Instant begin = Instant.now().truncatedTo(ChronoUnit.MINUTES);
            // First, so the time to the first list does not include this program's own warm-up.
            withoutTools(envoy, folder.resolve("0"));
            withTenTools(envoy, folder.resolve("10"));
            withBothEras(envoy, folder.resolve("eras"));
            add(new TraceRuns(Duration.ofSeconds(seconds), rounds, figures)
                    .measure(project, envoy, folder.resolve("traces")));
            withHundredTools(envoy, folder.resolve("100"));
            withThousandTools(envoy, folder.resolve("1000"));
            BenchReport report = new BenchReport(rows);
            System.out.println();
            report.lines().forEach(System.out::println);
            say(machine + "; at the end " + BenchReport.machine());
            Files.writeString(project.root().resolve(markdown), report.markdown(machine));
            Path raw = new KeptRun(begin.toString().replace(":00Z", "Z"), machine, rounds, seconds, figures.all())
                    .write(project.resolve(keep ? "docs/bench" : "e2e/target/bench"));
            say("raw data: " + project.root().relativize(raw));
            return 0;
        } catch (ToolMissingException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private void withTenTools(Path envoy, Path folder) throws IOException, InterruptedException {
        BenchRuns runs = new BenchRuns(Duration.ofSeconds(seconds), rounds, figures);
        try (BenchBed bed = BenchBed.start(project, envoy, folder, 10)) {
            add(started(bed, 10, 1000));
            say("warming up ...");
            runs.warm(bed, Duration.ofSeconds(4L * seconds));
            runs.warmLists(bed, 10, Duration.ofSeconds(seconds));
            runs.calls(bed, 1, 0.45, 200).forEach(this::add);
            runs.calls(bed, 8, 0.42, 90).forEach(this::add);
            runs.calls(bed, 32, 0.40, 65).forEach(this::add);
            add(runs.listCpu(bed, 10, 150));
            add(runs.pings(bed));
            add(runs.cycles(bed));
            add(runs.firstCalls(bed, 300));
            add(new SessionMemory(bed, sessions, figures).measure());
        }
    }

    private void withBothEras(Path envoy, Path folder) throws IOException, InterruptedException {
        EraRuns runs = new EraRuns(Duration.ofSeconds(seconds), rounds, figures);
        EraRuns.Cost legacy;
        EraRuns.Cost toLegacy;
        try (BenchBed bed = BenchBed.start(project, envoy, folder.resolve("legacy"), 10)) {
            legacy = runs.of("both legacy, c=8", bed, BenchTraffic.calls(BenchBed.TOOL));
            toLegacy = runs.of(TO_LEGACY + ", c=8", bed, BenchTraffic.modernCalls(BenchBed.TOOL));
        }
        Path modern = folder.resolve("modern");
        try (BenchBed bed = BenchBed.startModern(project, envoy, modern, 10)) {
            add(EraRuns.modern(runs.of("both 2026-07-28, c=8", bed, BenchTraffic.modernCalls(BenchBed.TOOL)), legacy));
            add(EraRuns.bridged(
                    TO_MODERN, runs.of(TO_MODERN + ", c=8", bed, BenchTraffic.calls(BenchBed.TOOL)), legacy));
            try (DirectLane lane = DirectLane.start(project, envoy, modern)) {
                new DirectRuns(Duration.ofSeconds(seconds), rounds, figures)
                        .compared(bed, lane)
                        .forEach(this::add);
            }
        }
        add(EraRuns.bridged(TO_LEGACY, toLegacy, legacy));
    }

    private void withHundredTools(Path envoy, Path folder) throws IOException, InterruptedException {
        BenchRuns runs = new BenchRuns(Duration.ofSeconds(seconds), rounds, figures);
        try (BenchBed bed = BenchBed.start(project, envoy, folder, 100)) {
            runs.warmLists(bed, 100, Duration.ofSeconds(4L * seconds));
            add(runs.listCpu(bed, 100, 200));
        }
    }

    private void withThousandTools(Path envoy, Path folder) throws IOException, InterruptedException {
        BenchRuns runs = new BenchRuns(Duration.ofSeconds(seconds), rounds, figures);
        try (BenchBed bed = BenchBed.start(project, envoy, folder, 1000)) {
            add(started(bed, 1000, 1200));
            add(resident(bed, 1000, 140));
            runs.warmLists(bed, 1000, Duration.ofSeconds(4L * seconds));
            add(runs.listRatio(bed, 1000, 0.5));
        }
    }

    private void withoutTools(Path envoy, Path folder) throws IOException, InterruptedException {
        try (BenchBed bed = BenchBed.start(project, envoy, folder, 0)) {
            add(resident(bed, 0, 120));
        }
    }

    private BenchRow started(BenchBed bed, int tools, int targetMillis) {
        long millis = bed.untilListed().toMillis();
        String name = "process start to first list, " + tools + " tools";
        figures.one(name, "ms", (double) millis);
        figures.one("process start to ready, " + tools + " tools", "ms", (double)
                bed.untilReady().toMillis());
        return BenchRow.judged(name, millis + " ms", text("<= %d ms", targetMillis), millis <= targetMillis);
    }

    private BenchRow resident(BenchBed bed, int tools, int targetMebibytes) throws IOException, InterruptedException {
        Thread.sleep(IDLE.toMillis());
        double resident = bed.broker().residentMebibytes();
        String name = "idle RSS, " + tools + " tools";
        figures.one(name, "MiB", resident);
        return BenchRow.judged(
                name, text("%.0f MiB", resident), text("<= %d MiB", targetMebibytes), resident <= targetMebibytes);
    }

    private void add(BenchRow row) {
        rows.add(row);
        say(row.scenario() + ": " + row.measured() + "  " + row.verdict().word());
    }

    private static void say(String line) {
        System.out.println("bench: " + line);
    }
}
