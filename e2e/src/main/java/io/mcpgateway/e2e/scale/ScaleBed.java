package io.mcpgateway.e2e.scale;

import io.mcpgateway.e2e.bench.BenchBackend;
import io.mcpgateway.e2e.bench.BrokerImage;
import io.mcpgateway.e2e.bench.CpuMeter;
import io.mcpgateway.e2e.bench.ProcessMeter;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.GatewayCommands;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.RedisProcess;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Servers, and one or more brokers as in their image behind one Envoy. */
final class ScaleBed implements AutoCloseable {
    /** A tool that is always there, as the gateway lists it. */
    static final String TOOL = "s0_tool0";

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int POLL_MILLIS = 20;
    private static final int ENVOY_WORKERS = 2;
    private static final String ADDED = "added";
    private static final String SIGNING_KEY = "a-key-for-scale-only-0123456789abcdef";

    /** How much of everything; all servers have the same number of tools. */
    record Size(int servers, int toolsEach, int replicas) {}

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<ChildProcess> brokers = new ArrayList<>();
    private final List<GatewayPorts> replicas = new ArrayList<>();
    private final List<ServerEntry> servers = new ArrayList<>();
    private final BenchBackend added;
    private final Path config;
    private final Duration untilListed;

    private ScaleBed(Programs programs, Path folder, Size size) throws IOException, InterruptedException {
        config = Files.createDirectories(folder).resolve("config.yaml");
        added = keep(BenchBackend.start(1, false));
        BenchBackend backend = keep(BenchBackend.start(size.toolsEach(), false));
        for (int i = 0; i < size.servers(); i++) {
            servers.add(ServerEntry.of("s" + i, url(backend)));
        }
        Files.writeString(config, ServerEntry.yaml(servers));
        GatewayPorts front = GatewayPorts.free();
        replicas.add(front);
        while (replicas.size() < size.replicas()) {
            replicas.add(GatewayPorts.behind(front.gateway()));
        }
        startEnvoy(programs, folder, new GatewayCommands(programs.project(), front));
        Map<String, String> environment = environment(programs, folder);
        long began = System.nanoTime();
        for (GatewayPorts ports : replicas) {
            String name = "broker-" + brokers.size();
            List<String> command = new GatewayCommands(programs.project(), ports)
                    .brokerBy(
                            programs.image().launcher(List.of(BrokerImage.CONTAINER_MEMORY)), config, false, List.of());
            brokers.add(keep(ChildProcess.start(name, command, environment, folder.resolve(name + ".log"))));
        }
        untilListed = awaitTools(size.servers() * size.toolsEach(), began);
    }

    /** Starts all of it, and waits until every tool is listed. */
    static ScaleBed start(Programs programs, Path folder, Size size) throws IOException, InterruptedException {
        return new ScaleBed(programs, folder, size);
    }

    /** Where clients reach the gateway. */
    int port() {
        return replicas.getFirst().gateway();
    }

    List<ProcessMeter> brokers() {
        return brokers.stream().map(broker -> new ProcessMeter(broker.pid())).toList();
    }

    /** Of all replicas together. */
    CpuMeter brokersCpu() {
        return () -> {
            long sum = 0;
            for (ProcessMeter broker : brokers()) {
                sum += broker.cpuMicros();
            }
            return sum;
        };
    }

    /** From the start of the brokers to the first complete list through Envoy. */
    Duration untilListed() {
        return untilListed;
    }

    /** Adds a server to the configuration, waits until every replica lists its tool, and takes it away again. */
    Duration untilChangeIsListed() throws IOException, InterruptedException {
        List<ServerEntry> more = new ArrayList<>(servers);
        more.add(ServerEntry.of(ADDED, url(added)));
        long began = System.nanoTime();
        replaceConfig(more);
        awaitAdded(true);
        Duration taken = Duration.ofNanos(System.nanoTime() - began);
        replaceConfig(servers);
        awaitAdded(false);
        return taken;
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                System.err.println("scale: cannot close " + each + ": " + e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.push(opened);
        return opened;
    }

    private static URI url(BenchBackend backend) {
        return URI.create("http://127.0.0.1:" + backend.port() + "/mcp");
    }

    private void startEnvoy(Programs programs, Path folder, GatewayCommands commands)
            throws IOException, InterruptedException {
        Path output = Files.createDirectories(folder.resolve("gateway"));
        ChildProcess writer = ChildProcess.start(
                "envoy-config",
                commands.envoyConfig(config, output, replicas),
                Map.of(),
                folder.resolve("envoy-config.log"));
        try (writer) {
            if (writer.ended().join() != 0) {
                throw new IOException("envoy-config failed: " + writer.lastLines(3));
            }
        }
        keep(ChildProcess.start(
                "envoy",
                commands.envoy(programs.envoy(), output, ENVOY_WORKERS),
                Map.of(),
                folder.resolve("envoy.log")));
    }

    private Map<String, String> environment(Programs programs, Path folder) throws IOException {
        if (programs.redis().isEmpty()) {
            return Map.of("LOG_LEVEL", "info");
        }
        RedisProcess redis = keep(RedisProcess.start(programs.redis().get(), folder.resolve("redis.log")));
        return Map.of("LOG_LEVEL", "info", "GATEWAY_SIGNING_KEY", SIGNING_KEY, "CACHE_CONNECTION_STRING", redis.url());
    }

    /** In one step, so no broker reads half of it. */
    private void replaceConfig(List<ServerEntry> entries) throws IOException {
        Path next = config.resolveSibling("config.next");
        Files.writeString(next, ServerEntry.yaml(entries));
        Files.move(next, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Asks each replica itself, by the new server's own URL, because that list is short. */
    private void awaitAdded(boolean there) throws IOException, InterruptedException {
        for (GatewayPorts ports : replicas) {
            URI url = URI.create("http://127.0.0.1:" + ports.broker() + "/mcp/servers/demo/" + ADDED);
            long end = System.nanoTime() + LIMIT.toNanos();
            try (McpClient client = McpClient.of(url)) {
                while (ListTraffic.listsModern(client, "tool0") != there) {
                    if (System.nanoTime() > end) {
                        throw new IOException("the change did not arrive in " + LIMIT.toSeconds() + " s");
                    }
                    Thread.sleep(POLL_MILLIS);
                }
            }
        }
    }

    private Duration awaitTools(int tools, long began) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + port() + "/mcp");
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try (McpClient client = McpClient.connect(url)) {
                while (System.nanoTime() < end) {
                    if (client.toolNames().size() >= tools) {
                        return Duration.ofNanos(System.nanoTime() - began);
                    }
                    Thread.sleep(POLL_MILLIS);
                }
            } catch (IOException | IllegalStateException notYet) {
                Thread.sleep(POLL_MILLIS);
            }
        }
        throw new IOException("no " + tools + " tools after " + LIMIT.toSeconds() + " s: "
                + brokers.getFirst().lastLines(3));
    }
}
