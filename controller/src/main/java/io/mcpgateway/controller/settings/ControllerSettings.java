package io.mcpgateway.controller.settings;

import io.mcpgateway.runtime.LogSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The controller's settings.
 *
 * @param healthPort of /healthz and /readyz; 0 lets the system choose
 * @param metricsPort of /metrics; 0 lets the system choose
 * @param lease the Lease to hold before working; empty if this controller is the only one
 * @param brokerImage the image of broker Deployments, with tag or digest
 */
public record ControllerSettings(
        int healthPort, int metricsPort, Optional<Lease> lease, String brokerImage, LogSettings log) {
    /**
     * Where controllers agree which one works.
     *
     * @param identity of this process, unique among controllers
     */
    public record Lease(String namespace, String name, String identity) {
        public Lease {
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(identity, "identity");
        }
    }

    /** The result of reading. */
    public sealed interface Result {
        record Valid(ControllerSettings settings) implements Result {
            public Valid {
                Objects.requireNonNull(settings, "settings");
            }
        }

        /** Each problem names the flag or variable and the fix. */
        record Refused(List<String> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    public static final String ENV_BROKER_IMAGE = "RELATED_IMAGE_ROUTER_BROKER";

    private static final String LEASE_NAME = "mcp-gateway-controller";
    private static final String DEFAULT_BROKER_IMAGE = "mcp-gateway:latest";

    public ControllerSettings {
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(brokerImage, "brokerImage");
        Objects.requireNonNull(log, "log");
    }

    /** Judges command line and environment together. */
    public static Result read(ControllerArguments arguments, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        port("--health-port", arguments.healthPort, problems);
        port("--metrics-port", arguments.metricsPort, problems);
        if (arguments.healthPort != 0 && arguments.healthPort == arguments.metricsPort) {
            problems.add("--health-port and --metrics-port must differ");
        }
        ControllerSettings settings = new ControllerSettings(
                arguments.healthPort,
                arguments.metricsPort,
                lease(arguments.leaderElect, environment, problems),
                variable(environment, ENV_BROKER_IMAGE).orElse(DEFAULT_BROKER_IMAGE),
                log(arguments, environment, problems));
        return problems.isEmpty() ? new Result.Valid(settings) : new Result.Refused(problems);
    }

    private static void port(String flag, int port, List<String> problems) {
        if (port < 0 || port > 65_535) {
            problems.add(flag + " must be between 0 and 65535, not " + port);
        }
    }

    private static Optional<Lease> lease(
            @Nullable Boolean wanted, Map<String, String> environment, List<String> problems) {
        boolean inCluster = variable(environment, "KUBERNETES_SERVICE_HOST").isPresent();
        if (!Objects.requireNonNullElse(wanted, inCluster)) {
            return Optional.empty();
        }
        Optional<String> namespace =
                variable(environment, "NAMESPACE").or(() -> variable(environment, "POD_NAMESPACE"));
        Optional<String> identity = variable(environment, "POD_NAME").or(() -> variable(environment, "HOSTNAME"));
        if (namespace.isEmpty()) {
            problems.add("--leader-elect needs the variable NAMESPACE: where the Lease is, this pod's namespace;"
                    + " or give --leader-elect=false if there is only one controller");
        }
        if (identity.isEmpty()) {
            problems.add("--leader-elect needs the variable POD_NAME: the name of this pod");
        }
        return namespace.isEmpty() || identity.isEmpty()
                ? Optional.empty()
                : Optional.of(new Lease(namespace.get(), LEASE_NAME, identity.get()));
    }

    private static LogSettings log(
            ControllerArguments arguments, Map<String, String> environment, List<String> problems) {
        String level = arguments.logLevel != null
                ? arguments.logLevel
                : variable(environment, "LOG_LEVEL").orElse("info");
        String format = Objects.requireNonNullElse(arguments.logFormat, "txt");
        Optional<LogSettings.Level> parsedLevel = LogSettings.Level.parse(level);
        Optional<LogSettings.Format> parsedFormat = LogSettings.Format.parse(format);
        if (parsedLevel.isEmpty()) {
            problems.add("--log-level or LOG_LEVEL must be debug, info, warn or error, not '" + level + "'");
        }
        if (parsedFormat.isEmpty()) {
            problems.add("--log-format must be txt or json, not '" + format + "'");
        }
        return new LogSettings(
                parsedLevel.orElse(LogSettings.Level.INFO), parsedFormat.orElse(LogSettings.Format.TEXT));
    }

    /** A variable that is set and not empty. */
    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
