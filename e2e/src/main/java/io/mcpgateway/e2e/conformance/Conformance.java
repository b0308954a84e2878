package io.mcpgateway.e2e.conformance;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the suite and says what fails; what is expected to fail is in {@code e2e/conformance/expected-failures.yaml}. */
@Command(
        name = "conformance",
        description = "Runs every server scenario of the MCP conformance suite through a real Envoy.",
        mixinStandardHelpOptions = true)
public final class Conformance implements Callable<Integer> {
    @Option(names = "--pass", split = ",", description = "Which runs: ${COMPLETION-CANDIDATES} (default: all)")
    private List<Pass> passes = List.of(Pass.values());

    private final ProjectFolder project = ProjectFolder.locate();

    private Conformance() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Conformance())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
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
        Suite suite = new Suite(ForeignTool.CONFORMANCE.locate(project, Conformance::say));
        Path envoy = ForeignTool.ENVOY.locate(project, Conformance::say);
        ExpectedFailures expected = ExpectedFailures.read(project.resolve("e2e/conformance/expected-failures.yaml"));
        Path parent = Files.createDirectories(project.resolve("e2e/target"));
        Path folder = Files.createTempDirectory(parent, "conformance-");
        List<String> scenarios = suite.scenarios();
        if (scenarios.isEmpty()) {
            throw new IOException("the suite lists no scenario");
        }
        Map<Pass, List<ScenarioResult>> results = new EnumMap<>(Pass.class);
        for (Pass pass : passes) {
            List<String> wanted = pass.among(scenarios);
            say(pass.label() + ": " + wanted.size() + " scenarios ...");
            results.put(pass, run(suite, pass, wanted, folder.resolve(pass.label()), envoy));
        }
        System.out.println();
        new ConformanceReport(scenarios, results, expected).lines().forEach(System.out::println);
        List<String> problems = expected.problems(results);
        problems.forEach(problem -> System.out.println("UNEXPECTED: " + problem));
        System.out.println("Checks and logs are in " + project.root().relativize(folder));
        return problems.isEmpty() ? 0 : 1;
    }

    private List<ScenarioResult> run(Suite suite, Pass pass, List<String> scenarios, Path folder, Path envoy)
            throws IOException {
        Files.createDirectories(folder);
        try (ConformanceBed bed = new ConformanceBed(project, suite, pass, folder)) {
            URI url = bed.start(envoy);
            return suite.run(url, scenarios, folder.resolve("results"));
        }
    }

    private static void say(String line) {
        System.out.println("conformance: " + line);
    }
}
