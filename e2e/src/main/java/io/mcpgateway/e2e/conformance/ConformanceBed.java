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

/** What one run needs: the backend, and for all runs but the direct one a gateway with a real Envoy in front. */
final class ConformanceBed implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String BACKEND_HOST = "conformance.mcp.local";
    /** One that the backend has, and which shows that the gateway knows the backend. */
    private static final String TOOL = "test_simple_text";

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

    /** Starts everything; returns the URL for the suite once the backend's tools are there. */
    URI start(Path envoy) throws IOException {
        URI backend = startBackend();
        if (!pass.throughGateway()) {
            awaitTool(backend, TOOL);
            return backend;
        }
        URI gateway = startGateway(backend, envoy);
        awaitTool(gateway, pass.prefix() + TOOL);
        if (pass.prefix().isEmpty()) {
            return gateway;
        }
        PrefixShim shim = PrefixShim.start(gateway, pass.prefix());
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

    private URI startBackend() throws IOException {
        int port = FreePort.next();
        List<String> command = List.of(
                suite.node(),
                project.resolve("e2e/foreign/conformance/server.mjs").toString(),
                Integer.toString(port),
                pass.questions(),
                BACKEND_HOST);
        Map<String, String> environment =
                Map.of("CONFORMANCE_FOLDER", suite.folder().toString());
        open.push(ChildProcess.start("backend", command, environment, folder.resolve("backend.log")));
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    private URI startGateway(URI backend, Path envoy) throws IOException {
        ServerEntry server = new ServerEntry("conformance/backend", backend, BACKEND_HOST, pass.prefix());
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, ServerEntry.yaml(List.of(server)));
        Map<String, String> environment = Map.of("LOG_LEVEL", "debug");
        RunningGateway gateway = RunningGateway.start(new GatewaySetup(
                project, GatewayPorts.free(), config, folder, Optional.of(envoy), List.of(), environment));
        open.push(gateway);
        gateway.awaitReady(START_LIMIT);
        return gateway.url();
    }

    private static void awaitTool(URI server, String tool) throws IOException {
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
