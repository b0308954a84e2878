package io.mcpgateway.e2e.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the broker and of Envoy. */
public final class GatewayCommands {
    /** The public host of the gateway in the demo and the tests. */
    public static final String PUBLIC_HOST = "127.0.0.1";

    private static final String WARM_UP = "--warm-up";

    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "--sun-misc-unsafe-memory-access=allow");

    private final ProjectFolder project;
    private final GatewayPorts ports;

    public GatewayCommands(ProjectFolder project, GatewayPorts ports) {
        this.project = project;
        this.ports = ports;
    }

    /**
     * The broker and router.
     *
     * @param embedded whether it also runs the built-in gateway, without Envoy
     * @param extra additional arguments
     */
    public List<String> broker(Path config, boolean embedded, List<String> extra) {
        List<String> arguments = new ArrayList<>(extra);
        if (!extra.contains(WARM_UP)) {
            // Nobody measures this one, and it should be there at once.
            arguments.addAll(List.of(WARM_UP, "0"));
        }
        return brokerBy(java(), config, embedded, arguments);
    }

    /** The same, started with another command line than ours. */
    public List<String> brokerBy(List<String> launcher, Path config, boolean embedded, List<String> extra) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("--mcp-gateway-config", config.toString()));
        command.addAll(List.of("--mcp-gateway-public-host", PUBLIC_HOST));
        command.addAll(List.of("--mcp-gateway-private-host", local(ports.gateway())));
        command.addAll(List.of("--mcp-broker-public-address", local(ports.broker())));
        command.addAll(List.of("--mcp-router-address", local(ports.router())));
        if (!extra.contains("--metrics-address")) {
            command.addAll(List.of("--metrics-address", "none"));
        }
        if (embedded) {
            command.addAll(List.of("--embedded-gateway", local(ports.gateway())));
        }
        command.addAll(extra);
        return command;
    }

    /** Writes Envoy's configuration into a folder; when run again, it updates a running Envoy. */
    public List<String> envoyConfig(Path config, Path output) {
        return envoyConfig(config, output, List.of(ports));
    }

    /** The same for several brokers behind one Envoy, which listens on our own ports. */
    public List<String> envoyConfig(Path config, Path output, List<GatewayPorts> replicas) {
        List<String> command = java();
        command.add("envoy-config");
        command.addAll(List.of("--mcp-gateway-config", config.toString()));
        command.addAll(List.of("--mcp-gateway-public-host", PUBLIC_HOST));
        command.addAll(List.of("--listen", local(ports.gateway())));
        replicas.forEach(replica -> command.addAll(List.of("--router", local(replica.router()))));
        replicas.forEach(replica -> command.addAll(List.of("--broker", local(replica.broker()))));
        command.addAll(List.of("--admin", local(ports.envoyAdmin())));
        command.addAll(List.of("--output", output.toString()));
        return command;
    }

    /** Envoy with the configuration in this folder; several can run on one machine. */
    public List<String> envoy(Path binary, Path folder) {
        return envoy(binary, folder, 1);
    }

    /** The same with this number of worker threads. */
    public List<String> envoy(Path binary, Path folder, int workers) {
        return List.of(
                binary.toString(),
                "--config-path",
                folder.resolve("envoy.yaml").toString(),
                "--disable-hot-restart",
                "--concurrency",
                Integer.toString(workers),
                "--log-level",
                "warning");
    }

    private List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(ProjectFolder.java());
        command.addAll(JVM);
        command.addAll(List.of("-jar", project.brokerJar().toString()));
        return command;
    }

    private static String local(int port) {
        return "127.0.0.1:" + port;
    }
}
