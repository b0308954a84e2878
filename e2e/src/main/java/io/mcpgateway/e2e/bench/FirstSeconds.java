package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what a broker does in its first seconds under load, from the moment that it says it is ready. */
@Command(
        name = "first-seconds",
        description = "Compares the first seconds of a broker under load, second by second, with different options.",
        mixinStandardHelpOptions = true)
public final class FirstSeconds implements Callable<Integer> {
    private static final int TOOLS = 10;
    private static final Duration IDLE = Duration.ofSeconds(15);

    @Option(names = "--seconds", description = "of load after each start (default: ${DEFAULT-VALUE})")
    private int seconds = 12;

    @Option(
            names = "--calls",
            description = "go on until there were as many, however long it takes (default: ${DEFAULT-VALUE})")
    private int calls;

    @Option(names = "--starts", description = "of each; the median counts (default: ${DEFAULT-VALUE})")
    private int starts = 5;

    @Option(names = "--workers", description = "connections that call one after the other (default: ${DEFAULT-VALUE})")
    private int workers = 8;

    @Option(names = "--idle", description = "also measure memory, 15 s after a start without load")
    private boolean idle;

    @Parameters(
            paramLabel = "OPTIONS",
            description =
                    "what to compare: one argument for each broker with its own arguments (--...) and options of its"
                            + " JVM (-X...), or - for none; FOLDER: before them chooses another image",
            arity = "1..*")
    private List<String> candidates = List.of();

    private final ProjectFolder project = ProjectFolder.locate();

    private FirstSeconds() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new FirstSeconds()).execute(arguments));
    }

    /** One start. */
    private record Start(Duration ready, double readyCpu, double resident, Slices.Result load) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path envoy;
        try {
            envoy = ForeignTool.ENVOY.locate(project, FirstSeconds::say);
        } catch (ToolMissingException e) {
            System.err.println("first-seconds: " + e.getMessage());
            return 1;
        }
        Path folder = Files.createTempDirectory(Files.createDirectories(project.resolve("e2e/target")), "first-");
        Map<String, List<Start>> all = new LinkedHashMap<>();
        // In turn, because the machine's speed changes.
        for (int round = 0; round < starts; round++) {
            for (String candidate : candidates) {
                Start start = measure(candidate, envoy, folder.resolve(round + "-" + all.size()));
                all.computeIfAbsent(candidate, _ -> new ArrayList<>()).add(start);
                say(line(candidate, List.of(start)));
            }
        }
        System.out.println();
        all.forEach((candidate, each) -> System.out.println(line(candidate, each)));
        return 0;
    }

    private Start measure(String candidate, Path envoy, Path folder) throws IOException, InterruptedException {
        int colon = candidate.indexOf(':');
        BrokerImage image = candidate.startsWith("/")
                ? new BrokerImage(Path.of(candidate.substring(0, colon)))
                : BrokerImage.of(project);
        String options = candidate.startsWith("/") ? candidate.substring(colon + 1) : candidate;
        List<String> jvm = new ArrayList<>(List.of(BrokerImage.CONTAINER_MEMORY));
        List<String> arguments = new ArrayList<>();
        if (!options.equals("-")) {
            for (String word : options.split(" ", -1)) {
                (word.startsWith("--") ? arguments : jvm).add(word);
            }
        }
        try (BenchBed bed = BenchBed.startReady(image, jvm, arguments, project, envoy, folder, TOOLS)) {
            Duration ready = bed.untilReady();
            double cpu = bed.broker().cpuMicros() / 1000.0;
            Slices.Result load = Slices.run(
                    workers, seconds, calls, bed.gatewayPort(), BenchTraffic.calls(BenchBed.TOOL), bed.broker());
            if (idle) {
                Thread.sleep(IDLE);
            }
            return new Start(ready, cpu, bed.broker().residentMebibytes(), load);
        }
    }

    private String line(String candidate, List<Start> each) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-40s ready %.2f s, %.1f s CPU, %.0f MiB;",
                candidate,
                median(each, start -> start.ready().toMillis() / 1000.0),
                median(each, start -> start.readyCpu() / 1000),
                median(each, Start::resident)));
        line.append(" calls per second (p99 in ms):");
        for (int second = 0; second < seconds; second++) {
            int at = second;
            line.append(String.format(
                    Locale.ROOT,
                    " %.0f (%.0f)",
                    median(each, start -> start.load().slices().get(at).operations()),
                    median(each, start -> start.load().slices().get(at).p99())));
        }
        line.append("; CPU time of the broker in ms for the first calls:");
        for (int mark = 0; mark < Slices.MARKS.size(); mark++) {
            int at = mark;
            line.append(String.format(
                    Locale.ROOT,
                    " %d: %.0f",
                    Slices.MARKS.get(mark),
                    median(each, start -> start.load().cpu().get(at))));
        }
        return line.toString();
    }

    private static double median(List<Start> each, ToDoubleFunction<Start> figure) {
        double[] sorted = each.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void say(String line) {
        System.out.println("first-seconds: " + line);
    }
}
