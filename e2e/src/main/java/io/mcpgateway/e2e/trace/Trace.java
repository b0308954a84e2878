package io.mcpgateway.e2e.trace;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.RunningGateway;
import io.mcpgateway.e2e.process.RunningJvm;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.process.ToolMissingException;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends requests through Envoy to a broker whose methods Flight Recorder counts, and prints a table. */
@Command(
        name = "trace",
        description = "Counts the types and methods of the broker that one request runs.",
        mixinStandardHelpOptions = true)
public final class Trace implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int WARM_UP = 200;
    private static final int REQUESTS = 100;

    @Option(names = "--types", description = "also print the types of each request")
    private boolean types;

    private final ProjectFolder project = ProjectFolder.locate();

    private Trace() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new Trace()).execute(arguments));
    }

    /** One request and its complete response. */
    @FunctionalInterface
    private interface Exchange {
        Reply send() throws IOException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(project.resolve("e2e/target")), "trace-");
        try (SampleServer server = SampleServer.start(SampleOptions.local(SampleKind.SERVER1))) {
            Path config = folder.resolve("config.yaml");
            Files.writeString(config, ServerEntry.yaml(List.of(ServerEntry.of("server1", server.url()))));
            Path envoy = ForeignTool.ENVOY.locate(project, line -> System.out.println("trace: " + line));
            GatewaySetup setup = new GatewaySetup(
                    project, GatewayPorts.free(), config, folder, Optional.of(envoy), List.of(), Map.of());
            try (RunningGateway gateway = RunningGateway.start(setup)) {
                gateway.awaitReady(START_LIMIT);
                trace(gateway, folder);
            }
            return 0;
        } catch (ToolMissingException e) {
            System.err.println("trace: " + e.getMessage());
            return 1;
        }
    }

    private void trace(RunningGateway gateway, Path folder) throws IOException, InterruptedException {
        RunningJvm broker = new RunningJvm(gateway.broker().pid());
        MethodRecorder recorder = MethodRecorder.of(broker, folder, OwnTypes.of(project.brokerJar()));
        try (McpClient client = McpClient.connect(gateway.url())) {
            awaitTools(client);
            String list = McpClient.listBody("7", Optional.empty());
            McpClient stranger = client.withSession(Optional.empty());
            System.out.printf("%-12s %8s %8s %12s %9s%n", "", "types", "methods", "invocations", "packages");
            show(recorder, "tools/call", () -> client.call("server1_greet", "{\"name\":\"you\"}"));
            show(recorder, "tools/list", () -> client.post(list, Map.of()));
            show(recorder, "initialize", () -> stranger.post(McpClient.INITIALIZE, Map.of()));
        }
    }

    private void show(MethodRecorder recorder, String name, Exchange exchange)
            throws IOException, InterruptedException {
        send(WARM_UP, exchange);
        recorder.start();
        send(REQUESTS, exchange);
        MethodCounts one = recorder.stop().each(REQUESTS);
        System.out.printf(
                "%-12s %8d %8d %12d %9d%n", name, one.types(), one.methods(), one.invocations(), one.packages());
        if (types) {
            one.lines().forEach(line -> System.out.println("    " + line));
        }
    }

    private static void send(int times, Exchange exchange) throws IOException {
        for (int sent = 0; sent < times; sent++) {
            Reply reply = exchange.send();
            if (reply.status() != 200) {
                throw new IOException("answered " + reply);
            }
        }
    }

    private static void awaitTools(McpClient client) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (client.toolNames().isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("no tools after " + START_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(50);
        }
    }
}
