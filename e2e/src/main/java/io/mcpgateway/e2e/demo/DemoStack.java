package io.mcpgateway.e2e.demo;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.RunningGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.process.ToolMissingException;
import io.mcpgateway.e2e.servers.SampleServerMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that one demo runs. Closing it stops all of it, in whatever state it is. */
final class DemoStack implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration TOOLS_LIMIT = Duration.ofSeconds(30);
    private static final List<String> SAMPLES = List.of("server1", "server2");
    private static final List<String> SMALL_JVM =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xshare:auto");

    private final ProjectFolder project;
    private final Path folder;
    private final List<ChildProcess> samples = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable RunningGateway gateway;
    private @Nullable ServedConfig config;

    DemoStack(ProjectFolder project) throws IOException {
        this.project = project;
        Files.createDirectories(project.resolve("e2e/target"));
        this.folder = Files.createTempDirectory(project.resolve("e2e/target"), "demo-");
    }

    /** Starts servers and gateway and waits until they answer. */
    void start(int port, Optional<Path> own, boolean withEnvoy) throws DemoException, IOException {
        Optional<Path> envoy = withEnvoy ? Optional.of(envoyBinary()) : Optional.empty();
        ServedConfig served = own.isPresent() ? ServedConfig.read(own.get()) : startSamples();
        say("starting the gateway on 127.0.0.1:" + port + (withEnvoy ? " (Envoy in front)" : " (embedded)") + " ...");
        RunningGateway started = startGateway(new GatewaySetup(
                project, GatewayPorts.behind(port), served.file(), folder, envoy, List.of(), Map.of()));
        say("logs are in " + project.root().relativize(folder));
        started.awaitReady(START_LIMIT);
        synchronized (this) {
            config = served;
        }
    }

    /** Prints the table and the lines to copy. */
    void show() throws DemoException, IOException {
        RunningGateway running = running();
        List<ListedTool> tools = awaitTools(running);
        URI url = running.url();
        System.out.println();
        System.out.print(DemoText.table(tools));
        System.out.println();
        System.out.println("Copy and paste, one after the other:");
        System.out.println();
        System.out.println(DemoText.initializeLine(url));
        System.out.println();
        System.out.println(DemoText.listLine(url));
        System.out.println();
        System.out.println(DemoText.callLine(url, DemoText.example(tools)));
        System.out.println();
        System.out.println("Ctrl-C stops everything.");
    }

    /**
     * Waits for Ctrl-C.
     *
     * @throws DemoException if something that was started ends by itself
     */
    void awaitEnd() throws DemoException, IOException {
        RunningGateway running = running();
        Path file = served().file();
        String text = textOf(file);
        while (!closed(Duration.ofSeconds(1))) {
            for (ChildProcess child : children()) {
                if (!child.alive() && !closed(Duration.ofSeconds(1))) {
                    throw new DemoException(child.name() + " ended by itself with status "
                            + child.ended().join() + "; its log: " + child.log());
                }
            }
            if (!textOf(file).equals(text)) {
                text = textOf(file);
                refresh(running);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        List<ChildProcess> all = children();
        all.reversed().forEach(ChildProcess::terminate);
        all.reversed().forEach(ChildProcess::close);
    }

    private ServedConfig startSamples() throws IOException {
        say("starting sample servers " + String.join(", ", SAMPLES) + " ...");
        List<ServerEntry> entries = new ArrayList<>();
        for (String kind : SAMPLES) {
            int port = FreePort.next();
            List<String> command = new ArrayList<>(project.javaCommand(SMALL_JVM, SampleServerMain.class.getName()));
            command.addAll(List.of("--kind", kind, "--port", Integer.toString(port)));
            startSample(kind, command);
            entries.add(ServerEntry.of(kind, URI.create("http://127.0.0.1:" + port + "/mcp")));
        }
        return ServedConfig.write(folder.resolve("config.yaml"), entries);
    }

    private List<ListedTool> awaitTools(RunningGateway running) throws DemoException, IOException {
        List<ServerEntry> servers = served().servers();
        Instant deadline = Instant.now().plus(TOOLS_LIMIT);
        try (McpClient client = McpClient.connect(running.url())) {
            while (true) {
                List<ListedTool> tools = client.tools().stream()
                        .map(tool -> ListedTool.of(tool, servers))
                        .toList();
                List<String> missing = servers.stream()
                        .map(ServerEntry::name)
                        .filter(name ->
                                tools.stream().noneMatch(tool -> tool.server().equals(name)))
                        .toList();
                if (missing.isEmpty()) {
                    return tools;
                }
                if (closed(Duration.ofMillis(200)) || Instant.now().isAfter(deadline)) {
                    return withoutSome(running, tools, missing);
                }
            }
        }
    }

    private List<ListedTool> withoutSome(RunningGateway running, List<ListedTool> tools, List<String> missing)
            throws DemoException {
        String where = "http://127.0.0.1:" + running.ports().broker() + "/status";
        if (tools.isEmpty()) {
            throw new DemoException("no tools after " + TOOLS_LIMIT.toSeconds() + " s from "
                    + String.join(", ", missing) + "; see " + folder.resolve("broker.log"));
        }
        say("no tools yet from " + String.join(", ", missing) + "; " + where + " says why");
        return tools;
    }

    private Path envoyBinary() throws DemoException {
        try {
            return ForeignTool.ENVOY.locate(project, DemoStack::say);
        } catch (ToolMissingException e) {
            throw new DemoException(e.getMessage() + "; without ENVOY=1 the demo needs no Envoy");
        }
    }

    private void refresh(RunningGateway running) {
        try {
            running.refreshEnvoy();
            say("config.yaml changed");
        } catch (IOException e) {
            say("Envoy keeps its last configuration: " + e.getMessage());
        }
    }

    private synchronized RunningGateway startGateway(GatewaySetup setup) throws IOException {
        refuseWhileClosing();
        RunningGateway started = RunningGateway.start(setup);
        gateway = started;
        return started;
    }

    private synchronized void startSample(String kind, List<String> command) throws IOException {
        refuseWhileClosing();
        samples.add(ChildProcess.start(kind, command, Map.of(), folder.resolve(kind + ".log")));
    }

    /** Ctrl-C may come while we start: what starts after the clean-up would be left behind. */
    private void refuseWhileClosing() throws IOException {
        if (closing.getCount() == 0) {
            throw new IOException("stopped");
        }
    }

    private synchronized List<ChildProcess> children() {
        List<ChildProcess> all = new ArrayList<>(samples);
        if (gateway != null) {
            all.addAll(gateway.processes());
        }
        return all;
    }

    private synchronized RunningGateway running() {
        return java.util.Objects.requireNonNull(gateway, "started");
    }

    private synchronized ServedConfig served() {
        return java.util.Objects.requireNonNull(config, "started");
    }

    private boolean closed(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String textOf(Path file) {
        try (java.util.stream.Stream<String> lines = Files.lines(file)) {
            return lines.collect(Collectors.joining("\n"));
        } catch (IOException | java.io.UncheckedIOException e) {
            return "";
        }
    }

    private static void say(String line) {
        System.out.println("demo: " + line);
    }
}
