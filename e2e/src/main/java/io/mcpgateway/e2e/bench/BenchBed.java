package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.GatewayCommands;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server, the gateway behind an Envoy, and a second Envoy that leads to the server without the gateway. */
final class BenchBed implements AutoCloseable {
    /** The first tool's name as the gateway lists it. */
    static final String TOOL = "bench_tool0";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int ENVOY_WORKERS = 2;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final BenchBackend backend;
    private final GatewayPorts ports;
    private final int baselinePort;
    private final ChildProcess baseline;
    private final ChildProcess envoy;
    private final ChildProcess broker;
    private final Duration untilListed;
    private final Duration untilReady;

    private BenchBed(
            BrokerImage image,
            ProjectFolder project,
            Path envoy,
            Path folder,
            BenchBackend backend,
            int tools,
            List<String> options,
            List<String> arguments,
            Map<String, String> variables,
            List<ServerEntry> others)
            throws IOException, InterruptedException {
        this.backend = backend;
        open.push(backend);
        ports = GatewayPorts.free();
        baselinePort = FreePort.next();
        GatewayCommands commands = new GatewayCommands(project, ports);
        Path config = Files.createDirectories(folder).resolve("config.yaml");
        URI url = URI.create("http://127.0.0.1:" + backend.port() + "/mcp");
        List<ServerEntry> servers = new ArrayList<>(others);
        if (tools > 0) {
            servers.addFirst(ServerEntry.of("bench", url));
        }
        Files.writeString(config, ServerEntry.yaml(servers));
        writeEnvoyConfig(commands, config, folder);
        baseline = start("baseline", commands.envoy(envoy, writeBaseline(folder), ENVOY_WORKERS), Map.of(), folder);
        this.envoy = start("envoy", commands.envoy(envoy, folder.resolve("gateway"), ENVOY_WORKERS), Map.of(), folder);
        long began = System.nanoTime();
        broker = start(
                "broker", commands.brokerBy(image.launcher(options), config, false, arguments), variables, folder);
        untilListed = awaitTools(tools, began);
        untilReady = awaitReady(began);
    }

    static BenchBed start(ProjectFolder project, Path envoy, Path folder, int tools)
            throws IOException, InterruptedException {
        return start(project, envoy, folder, tools, List.of(), List.of());
    }

    /** The same with additional arguments for the broker, and other servers. */
    static BenchBed start(
            ProjectFolder project, Path envoy, Path folder, int tools, List<String> arguments, List<ServerEntry> others)
            throws IOException, InterruptedException {
        return inContainer(
                project, envoy, folder, BenchBackend.start(tools, false), tools, arguments, Map.of(), others);
    }

    /** The same with variables for the broker. */
    static BenchBed startWith(Map<String, String> variables, ProjectFolder project, Path envoy, Path folder, int tools)
            throws IOException, InterruptedException {
        return inContainer(
                project, envoy, folder, BenchBackend.start(tools, false), tools, List.of(), variables, List.of());
    }

    /** The same with a server that only speaks MCP 2026-07-28. */
    static BenchBed startModern(ProjectFolder project, Path envoy, Path folder, int tools)
            throws IOException, InterruptedException {
        return inContainer(
                project, envoy, folder, BenchBackend.start(tools, true), tools, List.of(), Map.of(), List.of());
    }

    private static BenchBed inContainer(
            ProjectFolder project,
            Path envoy,
            Path folder,
            BenchBackend backend,
            int tools,
            List<String> arguments,
            Map<String, String> variables,
            List<ServerEntry> others)
            throws IOException, InterruptedException {
        return new BenchBed(
                BrokerImage.of(project),
                project,
                envoy,
                folder,
                backend,
                tools,
                List.of(BrokerImage.CONTAINER_MEMORY),
                arguments,
                variables,
                others);
    }

    /** The same with additional options for the broker's JVM, which override those of the image. */
    static BenchBed startWith(List<String> options, ProjectFolder project, Path envoy, Path folder, int tools)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(options);
        all.addFirst(BrokerImage.CONTAINER_MEMORY);
        return startReady(BrokerImage.of(project), all, List.of(), project, envoy, folder, tools);
    }

    /** The same with another image, these options of its JVM only, and arguments for the broker. */
    static BenchBed startReady(
            BrokerImage image,
            List<String> options,
            List<String> arguments,
            ProjectFolder project,
            Path envoy,
            Path folder,
            int tools)
            throws IOException, InterruptedException {
        return new BenchBed(
                image,
                project,
                envoy,
                folder,
                BenchBackend.start(tools, false),
                tools,
                options,
                arguments,
                Map.of(),
                List.of());
    }

    BenchBackend backend() {
        return backend;
    }

    /** Where clients reach the gateway. */
    int gatewayPort() {
        return ports.gateway();
    }

    /** Where clients reach the server with only Envoy in between. */
    int baselinePort() {
        return baselinePort;
    }

    ProcessMeter broker() {
        return new ProcessMeter(broker.pid());
    }

    /** Of the gateway's Envoy. */
    CpuMeter envoy() {
        return new ProcessMeter(envoy.pid());
    }

    /** Of the Envoy that leads to the server without the gateway. */
    CpuMeter baseline() {
        return new ProcessMeter(baseline.pid());
    }

    /** Of the broker and its Envoy together. */
    CpuMeter whole() {
        CpuMeter proxy = envoy();
        return () -> proxy.cpuMicros() + broker().cpuMicros();
    }

    /** From the start of the broker's process to the first complete list, through Envoy. */
    Duration untilListed() {
        return untilListed;
    }

    /** From the start of the broker's process until it says that it is ready. */
    Duration untilReady() {
        return untilReady;
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                System.err.println("bench: cannot close " + each + ": " + e);
            }
        }
    }

    private ChildProcess start(String name, List<String> command, Map<String, String> variables, Path folder)
            throws IOException {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("LOG_LEVEL", "info");
        ChildProcess child = ChildProcess.start(name, command, environment, folder.resolve(name + ".log"));
        open.push(child);
        return child;
    }

    private static void writeEnvoyConfig(GatewayCommands commands, Path config, Path folder)
            throws IOException, InterruptedException {
        Path output = Files.createDirectories(folder.resolve("gateway"));
        ChildProcess writer = ChildProcess.start(
                "envoy-config", commands.envoyConfig(config, output), Map.of(), folder.resolve("envoy-config.log"));
        try (writer) {
            if (writer.ended().join() != 0) {
                throw new IOException("envoy-config failed: " + writer.lastLines(3));
            }
        }
    }

    private Path writeBaseline(Path folder) throws IOException {
        Path baseline = Files.createDirectories(folder.resolve("baseline"));
        Files.writeString(baseline.resolve("envoy.yaml"), """
            static_resources:
              listeners:
              - address: {socket_address: {address: 127.0.0.1, port_value: %d}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      '@type': type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: baseline
                      http_filters:
                      - name: envoy.filters.http.router
                        typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        virtual_hosts:
                        - {name: all, domains: ['*'], routes: [{match: {prefix: /}, route: {cluster: backend}}]}
              clusters:
              - name: backend
                type: STATIC
                load_assignment:
                  cluster_name: backend
                  endpoints:
                  - lb_endpoints:
                    - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
            """.formatted(baselinePort, backend.port()));
        return baseline;
    }

    private Duration awaitTools(int tools, long began) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + ports.gateway() + "/mcp");
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (Instant.now().isBefore(deadline)) {
            try (McpClient client = McpClient.connect(url)) {
                while (Instant.now().isBefore(deadline)) {
                    if (client.toolNames().size() >= tools) {
                        return Duration.ofNanos(System.nanoTime() - began);
                    }
                    Thread.sleep(5);
                }
            } catch (IOException | IllegalStateException e) {
                Thread.sleep(5);
            }
        }
        throw new IOException("no " + tools + " tools after " + START_LIMIT.toSeconds() + " s: " + broker.lastLines(3));
    }

    private Duration awaitReady(long began) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (Instant.now().isBefore(deadline)) {
            HttpURLConnection probe = (HttpURLConnection) URI.create("http://127.0.0.1:" + ports.broker() + "/readyz")
                    .toURL()
                    .openConnection();
            boolean ready = probe.getResponseCode() == 200;
            probe.disconnect();
            if (ready) {
                return Duration.ofNanos(System.nanoTime() - began);
            }
            Thread.sleep(5);
        }
        throw new IOException("not ready after " + START_LIMIT.toSeconds() + " s: " + broker.lastLines(3));
    }
}
