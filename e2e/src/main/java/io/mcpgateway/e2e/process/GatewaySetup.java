package io.mcpgateway.e2e.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What to start.
 *
 * @param config the broker's config.yaml, which may change while the broker runs
 * @param folder for logs and for Envoy's configuration
 * @param envoy the Envoy binary to use; empty for the built-in gateway
 * @param brokerArguments additional arguments for the broker
 * @param envoyArguments additional arguments for {@code envoy-config}
 * @param environment additional environment variables for the broker
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

    /** Envoy with the defaults of {@code envoy-config}. */
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

    /** Names only, because the environment contains keys. */
    @Override
    public String toString() {
        return "GatewaySetup[" + ports + ", " + (envoy.isPresent() ? "Envoy" : "embedded") + "]";
    }
}
