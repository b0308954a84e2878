package io.mcpgateway.e2e.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The installed suite.
 *
 * @param folder as {@code scripts/tools.sh typescript} prints it
 */
record Suite(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The suite has frozen requirements for these revisions of MCP. */
    static final String LEGACY = "2025-11-25";

    static final String MODERN = "2026-07-28";
    /** A server scenario that counts, or one that is only run and reported. */
    private static final Pattern LISTED = Pattern.compile("^(?:  - (\\S+)$|    - (\\S+) \\[server]$)");

    private static final String CLIENT_SCENARIOS = "Client scenarios";
    private static final Duration SCENARIO_LIMIT = Duration.ofSeconds(15);
    private static final Duration CLIENT_LIMIT = Duration.ofSeconds(40);
    private static final Duration SUITE_LIMIT = Duration.ofSeconds(45);

    /** The Node.js that the suite needs. */
    String node() {
        return folder.resolve("node").toString();
    }

    /** The server scenarios of a revision, those that do not count last. */
    List<String> scenarios(String revision) throws IOException {
        Path list = Files.createTempFile("scenarios", ".txt");
        try {
            run(List.of("list", "--requirements", revision), list, SUITE_LIMIT);
            return listed(Files.readAllLines(list));
        } finally {
            Files.delete(list);
        }
    }

    /** The server scenarios among the lines that {@code list} prints. */
    static List<String> listed(List<String> lines) {
        List<String> names = new ArrayList<>();
        boolean ofClients = false;
        for (String line : lines) {
            ofClients = !line.isBlank() && (ofClients || line.startsWith(CLIENT_SCENARIOS));
            Matcher matcher = LISTED.matcher(line);
            if (!ofClients && matcher.find()) {
                names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
        }
        return List.copyOf(names);
    }

    /**
     * Runs scenarios, one after the other.
     *
     * @param output where the suite writes its checks and its log
     */
    List<ScenarioResult> run(URI server, String revision, List<String> scenarios, Path output) throws IOException {
        Files.createDirectories(output);
        Map<String, ScenarioResult> results = new TreeMap<>();
        List<String> whole =
                List.of("server", "--url", server.toString(), "--requirements", revision, "-o", output.toString());
        if (scenarios.size() > 10) {
            boolean ended = run(whole, output.resolve("suite.log"), SUITE_LIMIT);
            for (String scenario : scenarios) {
                checks(scenario, output).ifPresent(result -> results.put(scenario, result));
            }
            if (!ended) {
                System.out.println("conformance: the suite did not finish within " + SUITE_LIMIT.toSeconds()
                        + " s, and wrote no results for "
                        + scenarios.stream()
                                .filter(scenario -> !results.containsKey(scenario))
                                .toList()
                        + "; each scenario is run alone now");
                results.clear();
            }
        }
        // A scenario that waits for a missing response takes a minute in the suite; run alone, it is stopped earlier.
        for (String scenario : scenarios) {
            if (!results.containsKey(scenario)) {
                results.put(scenario, alone(server, revision, scenario, output.resolve("alone")));
            }
        }
        return scenarios.stream().map(results::get).toList();
    }

    /**
     * Runs a scenario in which the suite is the server.
     *
     * @param command starts the client; the suite appends the URL of its server
     */
    ScenarioResult runClient(List<String> command, String revision, String scenario, Path output) throws IOException {
        Files.createDirectories(output);
        List<String> arguments = List.of(
                "client",
                "--command",
                String.join(" ", command),
                "--scenario",
                scenario,
                "--spec-version",
                revision,
                "--timeout",
                Long.toString(CLIENT_LIMIT.toMillis()),
                "-o",
                output.toString());
        if (!run(arguments, output.resolve(scenario + ".log"), CLIENT_LIMIT.plusSeconds(10))) {
            return ScenarioResult.failed(
                    scenario,
                    "not finished within " + CLIENT_LIMIT.plusSeconds(10).toSeconds() + " s");
        }
        return checks(scenario, output)
                .orElseGet(() -> ScenarioResult.failed(scenario, "the suite wrote no results; see " + output));
    }

    private ScenarioResult alone(URI server, String revision, String scenario, Path output) throws IOException {
        Files.createDirectories(output);
        List<String> arguments = List.of(
                "server",
                "--url",
                server.toString(),
                "--scenario",
                scenario,
                "--spec-version",
                revision,
                // Scenarios of extensions belong to no revision.
                "--force",
                "-o",
                output.toString());
        if (!run(arguments, output.resolve(scenario + ".log"), SCENARIO_LIMIT)) {
            return ScenarioResult.failed(scenario, "not finished within " + SCENARIO_LIMIT.toSeconds() + " s");
        }
        return checks(scenario, output)
                .orElseGet(() -> ScenarioResult.failed(scenario, "the suite wrote no results; see " + output));
    }

    /** False if it had to be killed. */
    private boolean run(List<String> arguments, Path log, Duration limit) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                node(),
                folder.resolve("node_modules/@modelcontextprotocol/conformance/dist/index.js")
                        .toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            process.getOutputStream().close();
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the suite ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Optional<ScenarioResult> checks(String scenario, Path output) throws IOException {
        Pattern folderName = Pattern.compile("(server-)?" + Pattern.quote(scenario) + "-\\d{4}-.*");
        try (Stream<Path> folders = Files.list(output)) {
            Optional<Path> file = folders.filter(folder ->
                            folderName.matcher(folder.getFileName().toString()).matches())
                    .map(folder -> folder.resolve("checks.json"))
                    .filter(Files::isRegularFile)
                    .findFirst();
            if (file.isEmpty()) {
                return Optional.empty();
            }
            String text = Files.readString(file.get(), StandardCharsets.UTF_8);
            return Optional.of(ScenarioResult.of(scenario, JSON.readTree(text)));
        }
    }
}
