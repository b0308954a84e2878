package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Mixed load for a long time. Exits with 1 if the broker's heap, memory, files, threads or server sessions grow. */
@Command(
        name = "soak",
        description = "Puts mixed load on the gateway and watches the broker's memory, files and threads.",
        mixinStandardHelpOptions = true)
public final class Soak implements Callable<Integer> {
    private static final int TOOLS = 10;
    private static final int SAMPLES = 30;
    private static final int INPUT_SECONDS = 3;
    /** The part of the samples before the JVM has everything that it needs once. */
    private static final double WARMING_UP = 0.2;

    @Option(names = "--minutes", description = "how long (default: ${DEFAULT-VALUE})")
    private int minutes = 30;

    @Option(
            names = "--rate",
            description =
                    "operations per second of legacy clients; half as many between the eras (default: ${DEFAULT-VALUE})")
    private int rate = 200;

    private final ProjectFolder project = ProjectFolder.locate();

    private Soak() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new Soak()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path envoy;
        try {
            envoy = ForeignTool.ENVOY.locate(project, Soak::say);
        } catch (ToolMissingException e) {
            System.err.println("soak: " + e.getMessage());
            return 1;
        }
        Path folder = Files.createTempDirectory(Files.createDirectories(project.resolve("e2e/target")), "soak-");
        // Sessions that expire during the run, so what is stored for them has to be removed too.
        // The same for calls that are parked and then forgotten by their clients.
        List<String> arguments = List.of(
                "--session-length", Integer.toString(Math.max(1, minutes / 6)),
                "--input-timeout", Integer.toString(INPUT_SECONDS));
        List<SoakSample> samples = new ArrayList<>();
        List<String> errors;
        try (EraLoad eras = EraLoad.create();
                BenchBed bed = BenchBed.start(project, envoy, folder, TOOLS, arguments, eras.servers());
                SoakLoad load = SoakLoad.start(bed.gatewayPort(), rate)) {
            eras.start(URI.create("http://127.0.0.1:" + bed.gatewayPort() + "/mcp"), rate / 2);
            watch(bed.broker(), load, eras, samples);
            eras.stop();
            errors = new ArrayList<>(load.errors());
            errors.addAll(eras.errors());
            System.out.println();
            eras.lines().forEach(System.out::println);
        }
        return judge(samples, errors);
    }

    private void watch(ProcessMeter broker, SoakLoad load, EraLoad eras, List<SoakSample> samples)
            throws IOException, InterruptedException {
        Duration step = Duration.ofMinutes(minutes).dividedBy(SAMPLES);
        long start = System.nanoTime();
        for (int i = 1; i <= SAMPLES; i++) {
            Thread.sleep(Duration.ofNanos(Math.max(0, start + step.toNanos() * i - System.nanoTime())));
            SoakSample sample = SoakSample.take(
                    broker,
                    Duration.ofNanos(System.nanoTime() - start),
                    load.operations() + eras.operations(),
                    eras.sessions());
            samples.add(sample);
            say(sample.line());
        }
    }

    private static int judge(List<SoakSample> samples, List<String> errors) {
        int warm = (int) (samples.size() * WARMING_UP);
        int third = (samples.size() - warm) / 3;
        SoakSample early = SoakSample.median(samples.subList(warm, warm + third));
        SoakSample middle = SoakSample.median(samples.subList(warm + third, warm + 2 * third));
        SoakSample late = SoakSample.median(samples.subList(samples.size() - third, samples.size()));
        System.out.println();
        System.out.println("start  " + early.line());
        System.out.println("middle " + middle.line());
        System.out.println("end    " + late.line());
        List<String> problems = new ArrayList<>(late.grownSince(early));
        errors.forEach(error -> problems.add("error: " + error));
        problems.forEach(problem -> System.out.println("soak: " + problem));
        System.out.println(problems.isEmpty() ? "flat, no error" : "NOT FLAT, or errors");
        return problems.isEmpty() ? 0 : 1;
    }

    private static void say(String line) {
        System.out.println("soak: " + line);
    }
}
