package io.mcpgateway.e2e.strangers;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Official clients against official servers: what a pair can do directly, it must also do through the gateway.
 * The variable {@code STRANGERS_ONLY} is a pattern for "CLIENT SERVER SCENARIO", {@code STRANGERS_EACH} the number of
 * servers for each client, {@code STRANGERS_URL} the {@link Address}.
 */
public final class Strangers {
    private final ProjectFolder project = ProjectFolder.locate();
    private final Pattern only =
            Pattern.compile(Optional.ofNullable(System.getenv("STRANGERS_ONLY")).orElse(""));

    private Strangers() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        try {
            System.exit(new Strangers().run());
        } catch (ToolMissingException | IOException | IllegalArgumentException e) {
            System.err.println("strangers: " + e.getMessage());
            System.exit(1);
        }
    }

    private static int each() throws IOException {
        String each = Optional.ofNullable(System.getenv("STRANGERS_EACH")).orElse("");
        if (each.isEmpty() || each.equals("all")) {
            return Integer.MAX_VALUE;
        }
        if (!each.matches("[1-9][0-9]{0,3}")) {
            throw new IOException("STRANGERS_EACH must be a number of servers or all, not " + each);
        }
        return Integer.parseInt(each);
    }

    private int run() throws ToolMissingException, IOException {
        Plan plan = wanted(Plan.read(project.resolve("e2e/foreign/strangers/scenarios.yaml"), each(), only));
        if (plan.servers().isEmpty()) {
            throw new IOException("STRANGERS_ONLY=" + only + " leaves nothing to run");
        }
        Path parent = Files.createDirectories(project.resolve("e2e/target"));
        Path folder = Files.createTempDirectory(parent, "strangers-");
        List<StrangerClient> wanted = wantedClients(plan);
        StrangerTools tools = StrangerTools.locate(project, neededTools(plan, wanted), Strangers::say);
        wanted.forEach(client -> client.tool()
                .flatMap(tools::missing)
                .ifPresent(reason -> say(client.label() + " is skipped: " + reason)));
        List<StrangerClient> clients = installed(wanted, tools);
        Map<Way, Map<String, Outcome>> seen = new EnumMap<>(Way.class);
        try (StrangerBed bed = new StrangerBed(project, tools, folder)) {
            Plan possible = plan.without(bed.startServers(plan));
            for (Way way : Way.values()) {
                bed.startGateways(way, possible);
                List<StrangerClient> running = way == Way.DIRECT ? installed(references(possible), tools) : clients;
                seen.put(way, runAll(bed, possible, running, way, folder));
            }
            StrangersReport report = new StrangersReport(possible, clients, seen);
            System.out.println();
            report.lines().forEach(System.out::println);
            Files.write(folder.resolve("cells.txt"), report.cells());
            System.out.println("Logs are in " + project.root().relativize(folder));
            return report.failed() == 0 ? 0 : 1;
        }
    }

    /** The plan without servers that no client uses. */
    private static Plan wanted(Plan plan) {
        return plan.without(plan.servers().stream()
                .map(Plan.Server::name)
                .filter(server ->
                        Stream.of(StrangerClient.values()).noneMatch(client -> plan.has(client.label(), server)))
                .toList());
    }

    private static List<StrangerClient> wantedClients(Plan plan) {
        return Stream.of(StrangerClient.values())
                .filter(client -> plan.servers().stream().anyMatch(server -> plan.has(client.label(), server.name())))
                .toList();
    }

    private static List<StrangerClient> installed(List<StrangerClient> clients, StrangerTools tools) {
        return clients.stream()
                .filter(client -> client.tool().flatMap(tools::missing).isEmpty())
                .toList();
    }

    /** The clients that are run without the gateway. */
    private static List<StrangerClient> references(Plan plan) {
        return Stream.of(StrangerClient.values())
                .filter(client -> plan.servers().stream()
                        .anyMatch(server -> !plan.directSteps(client, server).isEmpty()))
                .toList();
    }

    private static Set<ForeignTool> neededTools(Plan plan, List<StrangerClient> clients) {
        Set<ForeignTool> needed = EnumSet.of(ForeignTool.ENVOY);
        Stream.concat(clients.stream(), references(plan).stream())
                .forEach(client -> client.tool().ifPresent(needed::add));
        plan.servers()
                .forEach(server -> needed.add(StrangerServer.of(server.name()).tool()));
        return needed;
    }

    /** Runs all clients at the same time, so they share servers and gateways. */
    private static Map<String, Outcome> runAll(
            StrangerBed bed, Plan plan, List<StrangerClient> clients, Way way, Path folder) throws IOException {
        Map<StrangerClient, Future<Answers>> running = new EnumMap<>(StrangerClient.class);
        Map<String, Outcome> outcomes = new HashMap<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (StrangerClient client : clients) {
                running.put(client, pool.submit(() -> bed.run(client, plan, way, folder.resolve(way.label()))));
            }
            for (Map.Entry<StrangerClient, Future<Answers>> entry : running.entrySet()) {
                Answers answers = entry.getValue().get();
                outcomes.putAll(answers.outcomes());
                say(way.label() + ": " + entry.getKey().label()
                        + answers.stopped().map(why -> ": " + why).orElse(" is through"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while clients ran", e);
        } catch (ExecutionException e) {
            throw new IOException("a client cannot be run: " + e.getCause(), e);
        }
        return outcomes;
    }

    private static void say(String line) {
        System.out.println("strangers: " + line);
    }
}
