package io.mcpgateway.e2e.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What to start.
 *
 * @param config the broker's config.yaml, which may change while it runs
 * @param folder for logs and for Envoy's configuration
 * @param envoy the Envoy binary to put in front; empty for the embedded gateway
 * @param brokerArguments further arguments of the broker
 * @param envoyArguments further arguments of {@code envoy-config}
 * @param environment further environment of the broker
 */
public record GatewaySetup(
        ProjectFolder project,
        GatewayPorts ports,
        Path config,
        Path folder,
        Optional<Path> envoy,
        List<String> brokerArguments,
        List<String> envoyArguments,
        Map<String, String> environment) {
    public GatewaySetup {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(envoy, "envoy");
        brokerArguments = List.copyOf(brokerArguments);
        envoyArguments = List.copyOf(envoyArguments);
        environment = Map.copyOf(environment);
    }

    /** Envoy as {@code envoy-config} has it. */
    public GatewaySetup(
            ProjectFolder project,
            GatewayPorts ports,
            Path config,
            Path folder,
            Optional<Path> envoy,
            List<String> brokerArguments,
            Map<String, String> environment) {
        this(project, ports, config, folder, envoy, brokerArguments, List.of(), environment);
    }

    /** Names only: the environment holds keys. */
    @Override
    public String toString() {
        return "GatewaySetup[" + ports + ", " + (envoy.isPresent() ? "Envoy" : "embedded") + "]";
    }
}
