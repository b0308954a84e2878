package io.mcpgateway.controller.settings;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The raw command line; {@link ControllerSettings#read} judges it. Null means not given. */
public final class ControllerArguments {
    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "port of /healthz and /readyz (default: ${DEFAULT-VALUE})")
    int healthPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description = "port of Prometheus' /metrics (default: ${DEFAULT-VALUE})")
    int metricsPort;

    @Option(
            names = "--leader-elect",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOLEAN",
            description = "use a Lease in the pod's namespace, so only one of several controllers works at a time"
                    + " (default: true in a cluster, false outside)")
    @Nullable
    Boolean leaderElect;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "debug, info, warn or error (also -4, 0, 4, 8); variable LOG_LEVEL (default: info)")
    @Nullable
    String logLevel;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "txt or json (default: txt)")
    @Nullable
    String logFormat;
}
