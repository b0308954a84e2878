package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.RedisProcess;
import io.mcpgateway.e2e.process.RunningGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.words.Executions;
import io.mcpgateway.e2e.words.WordServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A gateway with two pairs of servers, one of each era: a pair that the faults affect, and a steady one. */
public final class ChaosBed implements AutoCloseable {
    static final String FRAGILE = "fragile";
    static final String FRAGILE_MODERN = "fragile-modern";
    static final String STEADY = "steady";
    static final String STEADY_MODERN = "steady-modern";

    private static final String AUDIT_LOG = "audit.log";
    private static final String SIGNING_KEY = "a-key-for-chaos-only-0123456789abcdef";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration PROBE = Duration.ofMillis(50);

    private final Executions executions = new Executions();
    private final Pair steady = Pair.start(executions);
    private Pair fragile = Pair.start(executions);
    private final Path config;
    private final RunningGateway gateway;
    private final Optional<RedisProcess> redis;

    private ChaosBed(Path folder, Optional<Path> envoy, Optional<Path> redisBinary) throws IOException {
        this.config = Files.createDirectories(folder).resolve("config.yaml");
        this.redis = redisBinary.isPresent()
                ? Optional.of(RedisProcess.start(redisBinary.get(), folder.resolve("redis.log")))
                : Optional.empty();
        Map<String, String> environment = redis.map(
                        server -> Map.of("GATEWAY_SIGNING_KEY", SIGNING_KEY, "CACHE_CONNECTION_STRING", server.url()))
                .orElse(Map.of("GATEWAY_SIGNING_KEY", SIGNING_KEY));
        write(servers());
        this.gateway = RunningGateway.start(new GatewaySetup(
                ProjectFolder.locate(), GatewayPorts.free(), config, folder, envoy, options(folder), environment));
    }

    /** Without a session store, no call may go on before its audit line is written. */
    private List<String> options(Path folder) {
        List<String> options = new ArrayList<>(List.of("--mcp-check-interval", "1"));
        if (redis.isEmpty()) {
            options.addAll(List.of("--audit-log", folder.resolve(AUDIT_LOG).toString()));
            options.addAll(AuditTrail.OPTIONS);
        }
        return options;
    }

    /** What is wrong with the audit log; nothing if there is none. */
    List<String> unaudited() throws IOException {
        return redis.isPresent()
                ? List.of()
                : new AuditTrail(config.resolveSibling(AUDIT_LOG)).missing(executions.calls());
    }

    /**
     * Starts everything and waits until all servers' tools are listed.
     *
     * @param envoy the binary; empty for the built-in gateway
     * @param redis the binary of a session store; empty for none
     */
    public static ChaosBed start(Path folder, Optional<Path> envoy, Optional<Path> redis) throws IOException {
        ChaosBed bed = new ChaosBed(folder, envoy, redis);
        try {
            bed.gateway.awaitReady(LIMIT);
            bed.awaitServers();
            return bed;
        } catch (IOException e) {
            bed.close();
            throw e;
        }
    }

    boolean hasEnvoy() {
        return gateway.envoy().isPresent();
    }

    URI url() {
        return gateway.url();
    }

    RunningGateway gateway() {
        return gateway;
    }

    Pair fragile() {
        return fragile;
    }

    /** Of all servers. */
    Executions executions() {
        return executions;
    }

    RedisProcess redis() {
        return redis.orElseThrow();
    }

    boolean hasRedis() {
        return redis.isPresent();
    }

    void killFragile() {
        fragile.close();
    }

    /** Like a restart of the servers: the same ports, but all state is lost. */
    void startFragileAgain() throws IOException {
        fragile = fragile.startAgain(executions);
    }

    List<ServerEntry> servers() {
        return List.of(
                ServerEntry.of(FRAGILE, fragile.legacy().url()),
                ServerEntry.of(FRAGILE_MODERN, fragile.modern().url()),
                ServerEntry.of(STEADY, steady.legacy().url()),
                ServerEntry.of(STEADY_MODERN, steady.modern().url()));
    }

    /** Replaces config.yaml. */
    void serve(List<ServerEntry> servers) throws IOException {
        write(servers);
        gateway.refreshEnvoy();
    }

    void awaitReady() throws IOException {
        gateway.awaitReady(LIMIT);
    }

    /** Waits until the tools of all four servers are listed, and nothing else. */
    void awaitServers() throws IOException {
        awaitTools(names -> names.size() == 8
                && Stream.of(FRAGILE, FRAGILE_MODERN, STEADY, STEADY_MODERN)
                        .allMatch(server -> names.contains(server + "_" + WordServer.SAY)));
    }

    /** Waits until the list is as expected. */
    void awaitTools(Predicate<List<String>> wanted) throws IOException {
        await("the expected list of tools", () -> {
            try (McpClient client = McpClient.connect(url())) {
                return wanted.test(client.toolNames());
            } catch (IOException | IllegalStateException notYet) {
                return false;
            }
        });
    }

    /** Waits until {@code /status} of the broker contains this text for both servers. */
    void awaitStatus(String words) throws IOException {
        URI status = URI.create("http://127.0.0.1:" + gateway.ports().broker() + "/status");
        try (McpClient client = McpClient.of(status)) {
            await("status with: " + words, () -> {
                try {
                    String report = client.send("GET", Map.of()).body();
                    return report.indexOf(words) != report.lastIndexOf(words);
                } catch (IOException notYet) {
                    return false;
                }
            });
        }
    }

    /** Sets Envoy's idle timeout for responses to this number of seconds, until its configuration is written again. */
    void shortenEnvoyPatience(int seconds) throws IOException {
        Path routes = config.resolveSibling("envoy").resolve("rds.yaml");
        Path next = routes.resolveSibling(".rds.yaml.chaos");
        String wanted = seconds + "s";
        Files.writeString(next, Files.readString(routes).replaceAll("(idle_timeout: )\"?300s\"?", "$1" + wanted));
        Files.move(next, routes, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        URI dump = URI.create(
                "http://127.0.0.1:" + gateway.ports().envoyAdmin() + "/config_dump?resource=dynamic_route_configs");
        try (McpClient admin = McpClient.of(dump)) {
            await(
                    "Envoy to use its new timeout",
                    () -> admin.send("GET", Map.of()).body().contains("\"idle_timeout\": \"" + wanted + "\""));
        }
    }

    @Override
    public void close() {
        gateway.close();
        redis.ifPresent(RedisProcess::close);
        fragile.close();
        steady.close();
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IOException("waited " + LIMIT.toSeconds() + " s for " + what);
            }
            try {
                Thread.sleep(PROBE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + what, e);
            }
        }
    }

    private void write(List<ServerEntry> servers) throws IOException {
        Path fresh = config.resolveSibling("config.yaml.new");
        Files.writeString(fresh, ServerEntry.yaml(servers));
        Files.move(fresh, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
