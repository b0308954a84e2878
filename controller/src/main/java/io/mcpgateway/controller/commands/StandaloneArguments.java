package io.mcpgateway.controller.commands;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A gateway without a cluster. */
public final class StandaloneArguments {
    /** Where clients find a built-in gateway that is not told another port. */
    public static final String GATEWAY_URL = "http://127.0.0.1:8888/mcp";

    private static final String BROKER_URL = "http://127.0.0.1:8080";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a gateway without a cluster, which runs with this config.yaml")
    @Nullable
    Path config;

    @Option(
            names = "--broker-url",
            paramLabel = "URL",
            description = "with --config: the broker's own address (default: " + BROKER_URL + ")")
    @Nullable
    URI brokerUrl;

    /** Its config.yaml; empty if a cluster is meant. An address of a broker without it is a wrong command line. */
    public Optional<Path> config() {
        if (config == null && brokerUrl != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--broker-url needs --config; in a cluster, the brokers are found without it");
        }
        return Optional.ofNullable(config);
    }

    public URI brokerUrl() {
        return Objects.requireNonNullElse(brokerUrl, URI.create(BROKER_URL));
    }
}
