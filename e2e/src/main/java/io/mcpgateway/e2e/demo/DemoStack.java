package io.mcpgateway.e2e.demo;

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
import org.jspecify.annotations.Nullable;

/** Everything that the demo runs. Closing it stops everything, in any state. */
final class DemoStack implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final List<String> SAMPLES = List.of("server1", "server2");
    private static final List<String> SMALL_JVM =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xshare:auto");

    private final ProjectFolder project;
    private final Path folder;
    private final List<ChildProcess> samples = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable RunningGateway gateway;
    private @Nullable DemoWatch watch;

    DemoStack(ProjectFolder project) throws IOException {
        this.project = project;
        Files.createDirectories(project.resolve("e2e/target"));
        this.folder = Files.createTempDirectory(project.resolve("e2e/target"), "demo-");
    }

    /** Starts servers and gateway and waits until they answer. */
    void start(int port, Optional<Path> own, boolean withEnvoy) throws DemoException, IOException {
        Optional<Path> envoy = withEnvoy ? Optional.of(envoyBinary()) : Optional.empty();
        Path config = own.isPresent() ? own.get() : startSamples();
        say("starting the gateway on 127.0.0.1:" + port + (withEnvoy ? " (Envoy in front)" : " (built-in)") + " ...");
        GatewaySetup setup =
                new GatewaySetup(project, GatewayPorts.behind(port), config, folder, envoy, List.of(), Map.of());
        say("logs are in " + project.root().relativize(folder));
        try {
            RunningGateway started = startGateway(setup);
            started.awaitReady(START_LIMIT);
            synchronized (this) {
                watch = new DemoWatch(setup, started, System.out::println);
            }
        } catch (IOException e) {
            throw isClosing() ? new DemoException("stopped while starting") : explained(setup, e);
        }
    }

    /**
     * Shows the tools and every change, until Ctrl-C.
     *
     * @throws DemoException if something that was started ends by itself
     */
    void show() throws DemoException, IOException {
        do {
            for (ChildProcess child : children()) {
                if (!child.alive() && !closed(Duration.ofSeconds(1))) {
                    throw new DemoException(child.name() + " stopped unexpectedly with status "
                            + child.ended().join() + "; its log: " + child.log());
                }
            }
            try {
                watch().look(Instant.now());
            } catch (IOException e) {
                if (!closed(Duration.ofSeconds(1))) {
                    say("the gateway does not answer: " + e.getMessage());
                }
            }
        } while (!closed(LOOK));
    }

    @Override
    public void close() {
        closing.countDown();
        List<ChildProcess> all = children();
        all.reversed().forEach(ChildProcess::terminate);
        all.reversed().forEach(ChildProcess::close);
    }

    private Path startSamples() throws IOException {
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

    /** Why it cannot start: the problems of config.yaml, if there are any. */
    private static DemoException explained(GatewaySetup setup, IOException failure) throws IOException {
        List<String> problems = RunningGateway.configProblems(setup);
        return new DemoException(
                problems.isEmpty()
                        ? String.valueOf(failure.getMessage())
                        : setup.config() + " is refused:\n  " + String.join("\n  ", problems));
    }

    private Path envoyBinary() throws DemoException {
        try {
            return ForeignTool.ENVOY.locate(project, DemoStack::say);
        } catch (ToolMissingException e) {
            throw new DemoException(e.getMessage() + "; the demo also works without Envoy, leave out ENVOY=1");
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

    /** Ctrl-C may come during the start; anything that starts after the clean-up would keep running. */
    private void refuseWhileClosing() throws IOException {
        if (isClosing()) {
            throw new IOException("stopped");
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private synchronized List<ChildProcess> children() {
        List<ChildProcess> all = new ArrayList<>(samples);
        if (gateway != null) {
            all.addAll(gateway.processes());
        }
        return all;
    }

    private synchronized DemoWatch watch() {
        return java.util.Objects.requireNonNull(watch, "started");
    }

    private boolean closed(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void say(String line) {
        System.out.println("demo: " + line);
    }
}
