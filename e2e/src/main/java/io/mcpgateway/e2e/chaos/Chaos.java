package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the matrix and prints the results. Exits with 1 if any response was wrong. */
@Command(
        name = "chaos",
        description =
                "Breaks servers, the broker, Envoy and the session store during calls, and checks every response.",
        mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {
    @Option(names = "--calls", description = "minimum number of calls during each fault (default: ${DEFAULT-VALUE})")
    private int calls = 500;

    @Option(names = "--only", description = "only faults with this in their name")
    private String only = "";

    private final ProjectFolder project = ProjectFolder.locate();
    private final List<ChaosResult> results = new ArrayList<>();

    private Chaos() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new Chaos()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Optional<Path> envoy = Optional.of(ForeignTool.ENVOY.locate(project, Chaos::say));
            Optional<Path> redis = Optional.of(ForeignTool.REDIS.locate(project, Chaos::say));
            Path folder = Files.createTempDirectory(Files.createDirectories(project.resolve("e2e/target")), "chaos-");
            run("Envoy", folder.resolve("envoy"), envoy, Optional.empty());
            run("Envoy and a session store", folder.resolve("store"), envoy, redis);
            run("embedded gateway", folder.resolve("embedded"), Optional.empty(), Optional.empty());
            List<String> complaints = results.stream()
                    .flatMap(result -> result.complaints().stream().map(complaint -> result.fault() + ": " + complaint))
                    .toList();
            // Again, because a log is often cut to its end.
            complaints.forEach(Chaos::say);
            say("logs are in " + project.root().relativize(folder));
            return complaints.isEmpty() ? 0 : 1;
        } catch (ToolMissingException e) {
            System.err.println("chaos: " + e.getMessage());
            return 1;
        }
    }

    private void run(String bedName, Path folder, Optional<Path> envoy, Optional<Path> redis)
            throws IOException, InterruptedException {
        List<Fault> faults = Faults.all().stream()
                .filter(fault -> fault.runsOn(envoy.isPresent(), redis.isPresent()))
                .filter(fault -> fault.name().contains(only))
                .toList();
        if (faults.isEmpty()) {
            return;
        }
        List<ChaosResult> mine = new ArrayList<>();
        try (ChaosBed bed = ChaosBed.start(folder, envoy, redis)) {
            for (Fault fault : faults) {
                say(bedName + ": " + fault.name() + " ...");
                ChaosResult result = new ChaosRun(bed, calls).of(fault);
                result.complaints().forEach(complaint -> say("  " + complaint));
                mine.add(result);
            }
        }
        results.addAll(mine);
        System.out.println("\n" + bedName);
        new ChaosReport(mine).lines().forEach(System.out::println);
        System.out.println();
    }

    private static void say(String line) {
        System.out.println("chaos: " + line);
    }
}
