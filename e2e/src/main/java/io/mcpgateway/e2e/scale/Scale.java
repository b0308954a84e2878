package io.mcpgateway.e2e.scale;

import io.mcpgateway.e2e.bench.BrokerImage;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import io.mcpgateway.e2e.scale.picture.Curve;
import io.mcpgateway.e2e.scale.picture.Measured;
import io.mcpgateway.e2e.scale.picture.Page;
import io.mcpgateway.e2e.scale.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures curves and writes raw data and pictures. The exit code only says whether it could measure. */
@Command(
        name = "scale",
        description = "Measures what users feel of the number of tools, servers, sessions and replicas.",
        mixinStandardHelpOptions = true)
public final class Scale implements Callable<Integer> {
    private static final String PAGE = "docs/performance.md";

    @Option(
            names = "--curve",
            split = ",",
            description = "tools, servers, sessions, replicas (default: ${DEFAULT-VALUE})")
    private List<String> curves = List.of("tools", "servers", "sessions", "replicas");

    @Option(
            names = "--points",
            split = ",",
            description = "where to measure, in ascending order (default: the curve's)")
    private List<Integer> points = List.of();

    @Option(
            names = "--rounds",
            description = "how often to measure each point; the median counts (default: ${DEFAULT-VALUE})")
    private int rounds = 5;

    @Option(names = "--seconds", description = "duration of each load (default: ${DEFAULT-VALUE})")
    private int seconds = 3;

    @Option(names = "--workers", description = "clients of each load (default: ${DEFAULT-VALUE})")
    private int workers = 4;

    @Option(names = "--keep", description = "also write raw data, pictures and tables to docs/")
    private boolean keep;

    private final ProjectFolder project = ProjectFolder.locate();

    private Scale() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new Scale()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Curve> chosen = new ArrayList<>();
        for (String word : curves) {
            Optional<Curve> curve = Curve.of(word);
            if (curve.filter(Curve.REGISTRATIONS::equals).isPresent()) {
                System.err.println(
                        "scale: registrations need the bed: SCALE_POINTS=10,500 make e2e E2E_TEST=ScaleTest");
                return CommandLine.ExitCode.USAGE;
            }
            if (curve.isEmpty()) {
                System.err.println(
                        "scale: there is no curve '" + word + "'; choose of tools, servers, sessions, replicas");
                return CommandLine.ExitCode.USAGE;
            }
            chosen.add(curve.get());
        }
        try {
            for (Curve curve : chosen) {
                report(measured(curve));
            }
            return CommandLine.ExitCode.OK;
        } catch (ToolMissingException e) {
            System.err.println("scale: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Measured measured(Curve curve) throws IOException, InterruptedException, ToolMissingException {
        Path target = Files.createDirectories(project.resolve("e2e/target"));
        Path folder = Files.createTempDirectory(target, "scale-" + curve.word() + "-");
        Runs runs = new Runs(
                programs(curve), rounds, Duration.ofSeconds(seconds), workers, line -> say(curve.word() + ": " + line));
        List<Integer> xs = points.isEmpty() ? curve.points() : points;
        MachineLoad before = MachineLoad.now();
        List<Measured.Point> collected =
                curve == Curve.SESSIONS ? new SessionRuns(runs).points(xs, folder) : runs.points(curve, xs, folder);
        double others = Math.round(MachineLoad.now().coresOfOthersSince(before) * 100) / 100.0;
        return new Measured(
                curve,
                LocalDate.now(ZoneOffset.UTC).toString(),
                rounds,
                seconds,
                workers,
                Runtime.getRuntime().availableProcessors(),
                before.average(),
                others,
                collected);
    }

    private Programs programs(Curve curve) throws IOException, ToolMissingException {
        Optional<Path> store =
                curve == Curve.REPLICAS ? Optional.of(ForeignTool.REDIS.locate(project, Scale::say)) : Optional.empty();
        return new Programs(project, BrokerImage.of(project), ForeignTool.ENVOY.locate(project, Scale::say), store);
    }

    private void report(Measured measured) throws IOException {
        write(measured, project.resolve("e2e/target/scale"), project.resolve("e2e/target/scale"));
        if (keep) {
            write(measured, project.resolve("docs/scale"), project.resolve("docs/images"));
            Path page = project.resolve(PAGE);
            Files.writeString(page, Page.with(Files.readString(page), measured));
        }
        System.out.println();
        System.out.println(Page.part(measured));
    }

    private static void write(Measured measured, Path data, Path pictures) throws IOException {
        String word = measured.curve().word();
        measured.write(data.resolve(word + ".json"));
        Files.createDirectories(pictures);
        Files.writeString(pictures.resolve("scale-" + word + ".svg"), Picture.svg(measured));
    }

    private static void say(String line) {
        System.out.println("scale: " + line);
    }
}
