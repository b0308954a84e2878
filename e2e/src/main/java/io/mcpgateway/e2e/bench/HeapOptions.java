package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares heap options of the broker's JVM under the same mixed load, one after the other: memory and collections. */
@Command(
        name = "heap",
        description = "Compares heap options of the broker's JVM under the same mixed load.",
        mixinStandardHelpOptions = true)
public final class HeapOptions implements Callable<Integer> {
    private static final Duration IDLE = Duration.ofSeconds(15);

    @Option(names = "--seconds", description = "of load for each (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--rate", description = "operations per second (default: ${DEFAULT-VALUE})")
    private int rate = 300;

    @Option(names = "--tools", description = "in each list (default: ${DEFAULT-VALUE})")
    private int tools = 200;

    @Parameters(
            paramLabel = "OPTIONS",
            description = "what to compare: one argument with the options for each broker, or - for the image's own",
            arity = "1..*")
    private List<String> candidates = List.of();

    private final ProjectFolder project = ProjectFolder.locate();

    private HeapOptions() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HeapOptions()).execute(arguments));
    }

    /** The figures of one broker: memory in MiB, times in milliseconds. */
    private record Row(
            String options,
            double idle,
            long operations,
            double loaded,
            double cpuMicros,
            GcLog collections,
            long live) {
        static final String HEAD = """
                | options of the JVM | idle | after the load | live heap | processor time per operation | young | full | stopped in all | longest stop |
                |---|---|---|---|---|---|---|---|---|""";

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| `%s` | %.0f MiB | %.0f MiB | %.0f MiB | %.0f \u00b5s | %d | %d | %.0f ms | %.0f ms |",
                    options,
                    idle,
                    loaded,
                    live / 1024.0,
                    cpuMicros / operations,
                    collections.young(),
                    collections.full(),
                    collections.stoppedMillis(),
                    collections.longestMillis());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path envoy;
        try {
            envoy = ForeignTool.ENVOY.locate(project, HeapOptions::say);
        } catch (ToolMissingException e) {
            System.err.println("heap: " + e.getMessage());
            return 1;
        }
        Path folder = Files.createTempDirectory(Files.createDirectories(project.resolve("e2e/target")), "heap-");
        List<Row> rows = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (String candidate : candidates) {
            say(candidate);
            rows.add(measure(candidate, envoy, folder.resolve(Integer.toString(rows.size())), errors));
        }
        System.out.println();
        System.out.println(Row.HEAD);
        rows.forEach(row -> System.out.println(row.line()));
        errors.forEach(error -> System.out.println("heap: " + error));
        return errors.isEmpty() ? 0 : 1;
    }

    private Row measure(String candidate, Path envoy, Path folder, List<String> errors)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(folder).resolve("gc.log");
        List<String> options = new ArrayList<>(List.of("-Xlog:gc:file=" + log));
        if (!candidate.equals("-")) {
            options.addAll(List.of(candidate.split(" ", -1)));
        }
        try (BenchBed bed = BenchBed.startWith(options, project, envoy, folder, tools)) {
            Thread.sleep(IDLE);
            ProcessMeter broker = bed.broker();
            double idle = broker.residentMebibytes();
            long cpu = broker.cpuMicros();
            GcLog before = GcLog.of(Files.readAllLines(log));
            long operations;
            try (SoakLoad load = SoakLoad.start(bed.gatewayPort(), rate)) {
                Thread.sleep(Duration.ofSeconds(seconds));
                operations = load.operations();
                load.errors().forEach(error -> errors.add(candidate + ": " + error));
            }
            double spent = broker.cpuMicros() - cpu;
            double loaded = broker.residentMebibytes();
            GcLog collections = GcLog.of(Files.readAllLines(log)).since(before);
            return new Row(candidate, idle, operations, loaded, spent, collections, broker.heapKibibytes());
        }
    }

    private static void say(String line) {
        System.out.println("heap: " + line);
    }
}
