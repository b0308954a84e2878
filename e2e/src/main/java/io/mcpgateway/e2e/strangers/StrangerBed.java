package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.RunningGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The servers, the gateways in front of them, and the clients while they run. */
final class StrangerBed implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STEP_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(10);

    private final Address address = Address.chosen();
    private final ProjectFolder project;
    private final StrangerTools tools;
    private final Path folder;
    private final Map<String, URI> servers = new LinkedHashMap<>();
    private final Map<String, RunningGateway> gateways = new HashMap<>();
    private final Deque<ChildProcess> open = new ArrayDeque<>();

    StrangerBed(ProjectFolder project, StrangerTools tools, Path folder) {
        this.project = project;
        this.tools = tools;
        this.folder = folder;
    }

    /** Starts all servers of the plan; returns the names of those whose tool is missing. */
    List<String> startServers(Plan plan) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Plan.Server server : plan.servers()) {
            StrangerServer kind = StrangerServer.of(server.name());
            if (tools.missing(kind.tool()).isPresent()) {
                missing.add(server.name());
                continue;
            }
            int port = FreePort.next();
            Map<String, String> environment = new HashMap<>(tools.environment(kind.tool()));
            environment.put("PORT", Integer.toString(port));
            List<String> command = kind.command(project, tools, port, host(server.name()));
            open.push(ChildProcess.start(server.name(), command, environment, folder.resolve(server.name() + ".log")));
            servers.put(server.name(), URI.create("http://127.0.0.1:" + port + "/mcp"));
        }
        for (Map.Entry<String, URI> server : servers.entrySet()) {
            awaitAnswer(server.getValue(), server.getKey());
        }
        return missing;
    }

    /** Stops the running gateways and starts those of this way. */
    void startGateways(Way way, Plan plan) throws IOException {
        gateways.values().forEach(RunningGateway::close);
        gateways.clear();
        if (way == Way.DIRECT) {
            return;
        }
        Map<String, List<ServerEntry>> groups = new LinkedHashMap<>();
        for (Plan.Server server : plan.servers()) {
            URI url = Objects.requireNonNull(servers.get(server.name()));
            groups.computeIfAbsent(server.group(), name -> new ArrayList<>())
                    .add(new ServerEntry(
                            Address.NAMESPACE + "/" + server.name(),
                            url,
                            host(server.name()),
                            server.prefix(),
                            server.anonymousSessions()));
        }
        for (Map.Entry<String, List<ServerEntry>> group : groups.entrySet()) {
            Path own = Files.createDirectories(folder.resolve(way.label() + "-" + group.getKey()));
            Path config = Files.writeString(own.resolve("config.yaml"), ServerEntry.yaml(group.getValue()));
            Optional<Path> envoy = way == Way.ENVOY ? Optional.of(tools.path(ForeignTool.ENVOY)) : Optional.empty();
            RunningGateway gateway = RunningGateway.start(new GatewaySetup(
                    project, GatewayPorts.free(), config, own, envoy, List.of(), Map.of("LOG_LEVEL", "debug")));
            gateways.put(group.getKey(), gateway);
            gateway.awaitReady(START_LIMIT);
            for (ServerEntry entry : group.getValue()) {
                awaitTools(gateway.url(), entry.toolPrefix(), entry.name());
            }
        }
    }

    private static String host(String server) {
        return server + ".mcp.local";
    }

    /** Runs a client with all its steps; returns its report about each. */
    Answers run(StrangerClient client, Plan plan, Way way, Path output) throws IOException {
        Path file = Files.createDirectories(output).resolve(client.label() + ".json");
        ObjectNode jobs = jobs(client, plan, way);
        JSON.writeValue(file.toFile(), jobs);
        Path answers = output.resolve(client.label() + ".out");
        ProcessBuilder builder = new ProcessBuilder(client.command(project, tools, file))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(output.resolve(client.label() + ".log").toFile())
                .redirectOutput(answers.toFile());
        client.tool().ifPresent(tool -> builder.environment().putAll(tools.environment(tool)));
        String end = end(builder.start());
        return Answers.read(client.label(), jobs, Files.readAllLines(answers), end);
    }

    /** The client's jobs: without the gateway, also what stands in for the results of other clients. */
    private ObjectNode jobs(StrangerClient client, Plan plan, Way way) {
        ObjectNode jobs = JSON.createObjectNode().put("limitMillis", STEP_LIMIT.toMillis());
        ArrayNode list = jobs.putArray("jobs");
        for (Plan.Server server : plan.servers()) {
            List<ObjectNode> steps =
                    way == Way.DIRECT ? plan.directSteps(client, server) : plan.steps(client.label(), server);
            if (!steps.isEmpty()) {
                URI url = way == Way.DIRECT
                        ? Objects.requireNonNull(servers.get(server.name()))
                        : Objects.requireNonNull(gateways.get(server.group()))
                                .url()
                                .resolve(address.path(server.name()));
                ObjectNode job = list.addObject().put("server", server.name()).put("url", url.toString());
                String prefix = way == Way.DIRECT ? "" : address.prefix(server.prefix());
                String key = way.label() + "-" + client.label();
                steps.forEach(step -> job.withArray("/steps").add(named(step, prefix, key)));
            }
        }
        return jobs;
    }

    /** The step with the names that the client has to use. */
    private static ObjectNode named(ObjectNode step, String prefix, String key) {
        ObjectNode own = step.deepCopy();
        for (String member : List.of("name", "then")) {
            if (own.has(member)) {
                own.put(member, prefix + own.path(member).asText());
            }
        }
        if (own.path("ref").has("name")) {
            ObjectNode reference = (ObjectNode) own.path("ref");
            reference.put("name", prefix + reference.path("name").asText());
        }
        if (own.path("arguments").has("key")) {
            ((ObjectNode) own.path("arguments")).put("key", key);
        }
        return own;
    }

    /** How the program ended. */
    private static String end(Process process) throws IOException {
        try {
            return "the client ended with status "
                    + process.onExit()
                            .get(CLIENT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                            .exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a client ran", e);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            return "the client did not end within " + CLIENT_LIMIT.toSeconds() + " s";
        } finally {
            process.destroyForcibly();
        }
    }

    private static void awaitTools(URI url, String prefix, String server) throws IOException {
        until(server + " at " + url + " lists no tools", () -> {
            try (McpClient client = McpClient.connect(url)) {
                return client.toolNames().stream().anyMatch(name -> name.startsWith(prefix));
            }
        });
    }

    /** Any answer will do: some servers refuse the revision of our client. */
    private static void awaitAnswer(URI url, String server) throws IOException {
        until(server + " at " + url + " does not answer", () -> {
            try (McpClient client = McpClient.of(url)) {
                return client.post(McpClient.INITIALIZE, Map.of()).status() > 0;
            }
        });
    }

    @FunctionalInterface
    private interface Probe {
        boolean succeeds() throws IOException;
    }

    private static void until(String problem, Probe probe) throws IOException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (true) {
            String state = "";
            try {
                if (probe.succeeds()) {
                    return;
                }
            } catch (IOException e) {
                state = ": " + e.getMessage();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(problem + " after " + START_LIMIT.toSeconds() + " s" + state);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting", e);
            }
        }
    }

    @Override
    public void close() {
        gateways.values().forEach(RunningGateway::close);
        open.forEach(ChildProcess::close);
    }
}
