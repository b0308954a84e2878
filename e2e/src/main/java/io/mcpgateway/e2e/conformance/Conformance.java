package io.mcpgateway.e2e.conformance;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the suite and compares the failures with {@code e2e/conformance/expected-failures.yaml}. */
@Command(
        name = "conformance",
        description =
                "Runs what the MCP conformance suite requires of 2025-11-25 and of 2026-07-28 through the gateway.",
        mixinStandardHelpOptions = true)
public final class Conformance implements Callable<Integer> {
    @Option(
            names = "--pass",
            split = ",",
            converter = PassConverter.class,
            description = "Which runs (default: all); the table names them")
    private List<Pass> passes = List.of(Pass.values());

    private final ProjectFolder project = ProjectFolder.locate();
    private final Map<String, List<String>> scenarios = new HashMap<>();
    private Optional<Path> go = Optional.empty();

    private Conformance() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new Conformance()).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            return run();
        } catch (ToolMissingException | IOException e) {
            System.err.println("conformance: " + e.getMessage());
            return 1;
        }
    }

    private int run() throws ToolMissingException, IOException {
        Suite suite = new Suite(ForeignTool.TYPESCRIPT.locate(project, Conformance::say));
        Path envoy = ForeignTool.ENVOY.locate(project, Conformance::say);
        ExpectedFailures expected = ExpectedFailures.read(project.resolve("e2e/conformance/expected-failures.yaml"));
        Path parent = Files.createDirectories(project.resolve("e2e/target"));
        Path folder = Files.createTempDirectory(parent, "conformance-");
        Map<Pass, List<ScenarioResult>> results = new EnumMap<>(Pass.class);
        for (Pass pass : withWhatIsHere()) {
            List<String> wanted = pass.among(scenarios(suite, pass.revision()));
            say(pass.label() + ": " + wanted.size() + " scenarios ...");
            results.put(pass, run(suite, pass, wanted, folder.resolve(pass.label()), envoy));
        }
        System.out.println();
        new ConformanceReport(results, expected).lines().forEach(System.out::println);
        List<String> problems = expected.problems(results);
        problems.forEach(problem -> System.out.println("UNEXPECTED: " + problem));
        System.out.println("Checks and logs are in " + project.root().relativize(folder));
        return problems.isEmpty() ? 0 : 1;
    }

    private List<String> scenarios(Suite suite, String revision) throws IOException {
        List<String> known = scenarios.get(revision);
        List<String> listed = known == null ? suite.scenarios(revision) : known;
        if (listed.isEmpty()) {
            throw new IOException("the suite lists no scenario of " + revision);
        }
        scenarios.put(revision, listed);
        return listed;
    }

    /** Parses the name of a run as the table prints it. */
    private static final class PassConverter implements CommandLine.ITypeConverter<Pass> {
        @Override
        public Pass convert(String label) {
            try {
                return Pass.ofLabel(label);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException("unknown run " + label + "; there are "
                        + Stream.of(Pass.values()).map(Pass::label).toList());
            }
        }
    }

    /** Without Go, there is no server on the Go SDK; with CI=true this is an error. */
    private List<Pass> withWhatIsHere() throws ToolMissingException {
        if (passes.stream().noneMatch(pass -> pass.server().isGo())) {
            return passes;
        }
        try {
            go = Optional.of(ForeignTool.GO.locate(project, Conformance::say));
            return passes;
        } catch (ToolMissingException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            say("runs with the Go SDK's server are skipped: " + e.getMessage());
            return passes.stream().filter(pass -> !pass.server().isGo()).toList();
        }
    }

    private List<ScenarioResult> run(Suite suite, Pass pass, List<String> scenarios, Path folder, Path envoy)
            throws IOException {
        Files.createDirectories(folder);
        if (pass.server().isSuite()) {
            List<ScenarioResult> results = new ArrayList<>();
            for (String scenario : scenarios) {
                List<String> command = ClientUnderTest.command(project, folder.resolve(scenario));
                results.add(suite.runClient(command, pass.revision(), scenario, folder.resolve("results")));
            }
            return results;
        }
        try (ConformanceBed bed = new ConformanceBed(project, suite, pass, folder)) {
            URI url = bed.start(envoy, go);
            return suite.run(url, pass.revision(), scenarios, folder.resolve("results"));
        }
    }

    private static void say(String line) {
        System.out.println("conformance: " + line);
    }
}
