package io.mcpgateway.e2e.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A broker as a process, with the built-in gateway or behind Envoy. */
public final class RunningGateway implements AutoCloseable {
    private static final Duration CONFIG_LIMIT = Duration.ofSeconds(60);
    private static final int PROBE_MILLIS = 100;
    private static final int MOST_PROBLEMS = 50;

    private final GatewaySetup setup;
    private final GatewayCommands commands;
    private Optional<ChildProcess> envoy;
    private ChildProcess broker;

    private RunningGateway(GatewaySetup setup, ChildProcess broker, Optional<ChildProcess> envoy) {
        this.setup = setup;
        this.commands = new GatewayCommands(setup.project(), setup.ports());
        this.broker = broker;
        this.envoy = envoy;
    }

    /**
     * Starts the processes; they may not answer yet when this returns.
     *
     * @throws ConfigRefusedException if there is an Envoy and the configuration is refused
     * @throws IOException if one cannot be started; then nothing is left running
     */
    public static RunningGateway start(GatewaySetup setup) throws IOException {
        GatewayCommands commands = new GatewayCommands(setup.project(), setup.ports());
        if (setup.envoy().isEmpty()) {
            return new RunningGateway(setup, startBroker(setup, commands), Optional.empty());
        }
        writeEnvoyConfig(setup, commands);
        ChildProcess broker = startBroker(setup, commands);
        try {
            return new RunningGateway(setup, broker, startEnvoy(setup, commands));
        } catch (IOException e) {
            broker.close();
            throw e;
        }
    }

    /** The endpoint for clients. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + setup.ports().gateway() + "/mcp");
    }

    public GatewayPorts ports() {
        return setup.ports();
    }

    public synchronized ChildProcess broker() {
        return broker;
    }

    public synchronized Optional<ChildProcess> envoy() {
        return envoy;
    }

    /** Every process of this gateway. */
    public synchronized List<ChildProcess> processes() {
        return envoy.map(proxy -> List.of(broker, proxy)).orElseGet(() -> List.of(broker));
    }

    /** Updates Envoy after a change of config.yaml; the broker watches the file itself. */
    public void refreshEnvoy() throws IOException {
        if (envoy.isPresent()) {
            writeEnvoyConfig(setup, commands);
        }
    }

    /**
     * Why this config.yaml is refused, with one line per problem; empty if it is valid.
     *
     * @throws IOException if this cannot be determined
     */
    public static List<String> configProblems(GatewaySetup setup) throws IOException {
        Path log = setup.folder().resolve("check-config.log");
        GatewayCommands commands = new GatewayCommands(setup.project(), setup.ports());
        return envoyConfig(
                setup, commands.envoyConfig(setup.config(), setup.folder().resolve("check-config")), log);
    }

    /** Starts the broker again after it has ended. */
    public synchronized void restartBroker() throws IOException {
        broker.close();
        broker = startBroker(setup, commands);
    }

    /** Restarts Envoy, if there is one, with the same configuration. */
    public synchronized void restartEnvoy() throws IOException {
        if (envoy.isPresent()) {
            envoy.get().close();
            envoy = startEnvoy(setup, commands);
        }
    }

    /**
     * Waits until broker and gateway answer.
     *
     * @throws IOException if a process ends, or after a timeout; the message names the process and its last log lines
     */
    public void awaitReady(Duration limit) throws IOException {
        URI broker = URI.create("http://127.0.0.1:" + setup.ports().broker() + "/readyz");
        Instant deadline = Instant.now().plus(limit);
        while (!(answers("GET", broker) && answers("OPTIONS", url()))) {
            for (ChildProcess child : processes()) {
                if (!child.alive()) {
                    throw new IOException(lastWords(child, "ended at start"));
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(lastWords(broker(), "not ready after " + limit.toSeconds() + " s"));
            }
            pause();
        }
    }

    @Override
    public void close() {
        // Envoy first, so no client notices that the broker is gone while it drains.
        envoy().ifPresent(ChildProcess::close);
        broker().close();
    }

    private static String lastWords(ChildProcess child, String what) {
        return child.name() + " " + what + ": " + String.join(" | ", child.lastLines(3)) + " (log: " + child.log()
                + ")";
    }

    private static ChildProcess startBroker(GatewaySetup setup, GatewayCommands commands) throws IOException {
        if (!Files.isRegularFile(setup.project().brokerJar())) {
            throw new IOException("the broker is not built: " + setup.project().brokerJar() + " is missing");
        }
        return ChildProcess.start(
                "broker",
                commands.broker(setup.config(), setup.envoy().isEmpty(), setup.brokerArguments()),
                setup.environment(),
                setup.folder().resolve("broker.log"));
    }

    private static Optional<ChildProcess> startEnvoy(GatewaySetup setup, GatewayCommands commands) throws IOException {
        if (setup.envoy().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ChildProcess.start(
                "envoy",
                commands.envoy(setup.envoy().get(), envoyFolder(setup)),
                Map.of(),
                setup.folder().resolve("envoy.log")));
    }

    private static void writeEnvoyConfig(GatewaySetup setup, GatewayCommands commands) throws IOException {
        List<String> command = commands.envoyConfig(setup.config(), envoyFolder(setup));
        command.addAll(setup.envoyArguments());
        List<String> problems = envoyConfig(setup, command, setup.folder().resolve("envoy-config.log"));
        if (!problems.isEmpty()) {
            throw new ConfigRefusedException(problems);
        }
    }

    /** Runs the command that writes Envoy's configuration; returns its problems with the broker's configuration. */
    private static List<String> envoyConfig(GatewaySetup setup, List<String> command, Path log) throws IOException {
        Files.createDirectories(setup.folder());
        Files.createDirectories(envoyFolder(setup));
        Files.deleteIfExists(log);
        try (ChildProcess writer = ChildProcess.start("envoy-config", command, Map.of(), log)) {
            int status = writer.ended().get(CONFIG_LIMIT.toSeconds(), TimeUnit.SECONDS);
            List<String> said = writer.lastLines(MOST_PROBLEMS);
            if (status != 0 && said.isEmpty()) {
                throw new IOException("envoy-config failed with status " + status);
            }
            return status == 0 ? List.of() : said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing Envoy's configuration", e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IOException("envoy-config did not end", e);
        }
    }

    private static Path envoyFolder(GatewaySetup setup) {
        return setup.folder().resolve("envoy");
    }

    private static boolean answers(String method, URI url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(2000);
            connection.setRequestMethod(method);
            boolean ok = connection.getResponseCode() / 100 == 2;
            try (InputStream body = ok ? connection.getInputStream() : InputStream.nullInputStream()) {
                body.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return ok;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PROBE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the gateway", e);
        }
    }
}
