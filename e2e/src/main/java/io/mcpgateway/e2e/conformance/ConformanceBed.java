package io.mcpgateway.e2e.conformance;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.ChildProcess;
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
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one run needs: the server and, except for direct runs, a gateway. */
final class ConformanceBed implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String SERVER_HOST = "conformance.mcp.local";
    /** A tool of the server with tasks, and one of all others. When the gateway lists it, the gateway knows the server. */
    private static final String TASKS_TOOL = "greet";

    private static final String TOOL = "test_simple_text";

    /** For the runs at its URL; servers have theirs without asking. */
    private static final String VIRTUAL_SERVER = """
            virtualServers:
            - name: conformance/all
              include:
              - servers: [conformance/server]
              originalNames: true
            """;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ProjectFolder project;
    private final Suite suite;
    private final Pass pass;
    private final Path folder;

    ConformanceBed(ProjectFolder project, Suite suite, Pass pass, Path folder) {
        this.project = project;
        this.suite = suite;
        this.pass = pass;
        this.folder = folder;
    }

    /** Starts everything; returns the URL for the suite once the server's tools are listed. */
    URI start(Path envoy, Optional<Path> go) throws IOException {
        URI server = startServer(go);
        String tool = pass.server() == Pass.TestServer.TASKS ? TASKS_TOOL : TOOL;
        if (pass.way() == Pass.Way.DIRECT) {
            awaitTool(server, tool);
            return server;
        }
        URI gateway = startGateway(server, pass.way() == Pass.Way.ENVOY ? Optional.of(envoy) : Optional.empty());
        awaitTool(gateway, pass.visiblePrefix() + tool);
        if (pass.visiblePrefix().isEmpty()) {
            return gateway;
        }
        PrefixShim shim = PrefixShim.start(gateway, pass.visiblePrefix());
        open.push(shim);
        return shim.url();
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                System.err.println("conformance: cannot close " + each + ": " + e);
            }
        }
    }

    private URI startServer(Optional<Path> go) throws IOException {
        int port = FreePort.next();
        return switch (pass.server()) {
            case TYPESCRIPT -> startTypeScript("server.mjs", port, "answer");
            case TYPESCRIPT_ON_STREAM -> startTypeScript("server.mjs", port, "stream");
            case TYPESCRIPT_MODERN -> startTypeScript("modern.mjs", port, "dual");
            case TASKS -> startTypeScript("tasks.mjs", port, "dual");
            case GO, GO_STATELESS -> {
                Path program = go.orElseThrow().resolve("everything-server");
                String stateless = "-stateless=" + (pass.server() == Pass.TestServer.GO_STATELESS);
                List<String> command = List.of(program.toString(), "-http", "127.0.0.1:" + port, stateless);
                open.push(ChildProcess.start("server", command, Map.of(), folder.resolve("server.log")));
                yield URI.create("http://127.0.0.1:" + port + "/mcp");
            }
            case SUITE, SUITE_MODERN -> throw new IllegalStateException("the suite starts that one itself");
        };
    }

    private URI startTypeScript(String program, int port, String mode) throws IOException {
        List<String> command = List.of(
                suite.node(),
                project.resolve("e2e/foreign/conformance").resolve(program).toString(),
                Integer.toString(port),
                mode,
                SERVER_HOST);
        Map<String, String> environment =
                Map.of("CONFORMANCE_FOLDER", suite.folder().toString());
        open.push(ChildProcess.start("server", command, environment, folder.resolve("server.log")));
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    private URI startGateway(URI url, Optional<Path> envoy) throws IOException {
        ServerEntry server = new ServerEntry("conformance/server", url, SERVER_HOST, pass.prefix());
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, ServerEntry.yaml(List.of(server)) + virtualServers());
        Map<String, String> environment = Map.of("LOG_LEVEL", "debug");
        RunningGateway gateway = RunningGateway.start(
                new GatewaySetup(project, GatewayPorts.free(), config, folder, envoy, List.of(), environment));
        open.push(gateway);
        gateway.awaitReady(START_LIMIT);
        return gateway.url().resolve(pass.place().path());
    }

    private String virtualServers() {
        return pass.place() == Pass.Place.VIRTUAL_SERVER ? VIRTUAL_SERVER : "";
    }

    static void awaitTool(URI server, String tool) throws IOException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (true) {
            String state;
            try (McpClient client = McpClient.connect(server)) {
                List<String> names = client.toolNames();
                if (names.contains(tool)) {
                    return;
                }
                state = "its tools are " + names;
            } catch (IOException e) {
                state = String.valueOf(e.getMessage());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(
                        server + " has no tool " + tool + " after " + START_LIMIT.toSeconds() + " s: " + state);
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }
}
