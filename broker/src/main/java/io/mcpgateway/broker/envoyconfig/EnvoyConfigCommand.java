package io.mcpgateway.broker.envoyconfig;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.network.Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code envoy-config}: writes the files of a standalone Envoy, or says why it cannot and writes none. */
@Command(
        name = "envoy-config",
        mixinStandardHelpOptions = true,
        description = "Writes envoy.yaml, lds.yaml, cds.yaml and rds.yaml for an Envoy in front of this broker. Run it"
                + " again when the configuration changes; a running Envoy picks up the new files.")
public final class EnvoyConfigCommand implements Callable<Integer> {
    private static final int REFUSED = 1;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "folder for the files")
    Path output = Path.of(".");

    @Option(
            names = BrokerLaunch.FLAG_CONFIG,
            required = true,
            paramLabel = "FILE",
            description = "the broker's config.yaml")
    Path config = Path.of("config.yaml");

    @Option(
            names = BrokerLaunch.FLAG_PUBLIC_HOST,
            required = true,
            paramLabel = "HOST",
            description = "host name that clients use for Envoy, without port")
    String publicHost = "";

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Envoy's listener (${DEFAULT-VALUE})")
    String listen = "127.0.0.1:8888";

    @Option(names = "--admin", paramLabel = "HOST:PORT", description = "Envoy's admin page (${DEFAULT-VALUE})")
    String admin = "127.0.0.1:9901";

    @Option(
            names = "--broker",
            split = ",",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "HTTP address of each broker replica (${DEFAULT-VALUE})")
    List<String> brokers = List.of();

    @Option(
            names = "--router",
            split = ",",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:50051",
            description = "gRPC address of each broker replica (${DEFAULT-VALUE})")
    List<String> routers = List.of();

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "CA certificates to verify https servers with (${DEFAULT-VALUE})")
    String caFile = "/etc/ssl/certs/ca-certificates.crt";

    @Option(
            names = CallLimits.FLAG_PER_SERVER,
            paramLabel = "CALLS",
            description = "maximum number of concurrent calls and streams per server; more get 429 (${DEFAULT-VALUE})")
    int maxCallsPerServer = Clusters.MAX_STREAMS;

    @Option(
            names = BrokerLaunch.FLAG_CALL_TIMEOUT,
            paramLabel = "SECONDS",
            description =
                    "the same value as for the broker, so that Envoy waits that long for a silent server (default:"
                            + " 300)")
    @Nullable
    Integer callTimeout;

    @Option(names = "--access-log", description = "make Envoy print one line per request")
    boolean accessLog;

    @Override
    public Integer call() throws IOException {
        Path directory = output.toAbsolutePath().normalize();
        EnvoySettings settings;
        try {
            settings = new EnvoySettings(
                    directory.toString(),
                    publicHost,
                    address("--listen", listen),
                    address("--admin", admin),
                    addresses("--broker", brokers),
                    addresses("--router", routers),
                    caFile,
                    maxCallsPerServer,
                    limit(),
                    accessLog);
        } catch (IllegalArgumentException wrong) {
            return refuse(List.of(String.valueOf(wrong.getMessage())));
        }
        return switch (ConfigYaml.parse(Files.readString(config))) {
            case ConfigYaml.Result.Refused(List<String> problems) -> refuse(problems);
            case ConfigYaml.Result.Parsed(var servers) ->
                switch (StaticEnvoyConfig.of(servers, settings)) {
                    case StaticEnvoyConfig.Result.Refused(List<String> problems) -> refuse(problems);
                    case StaticEnvoyConfig.Result.Files(var files) ->
                        report(directory, EnvoyFiles.write(directory, files));
                };
        };
    }

    private Optional<Duration> limit() {
        Integer seconds = callTimeout;
        if (seconds != null && !CallTimeout.allows(seconds)) {
            throw new IllegalArgumentException(
                    CallTimeout.problem(BrokerLaunch.FLAG_CALL_TIMEOUT) + ", not " + seconds);
        }
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
    }

    private static List<Address> addresses(String option, List<String> texts) {
        return texts.stream().map(text -> address(option, text)).toList();
    }

    private static Address address(String option, String text) {
        Optional<Address> address = Address.parse(text);
        return address.orElseThrow(
                () -> new IllegalArgumentException(option + " must look like 127.0.0.1:8888, not '" + text + "'"));
    }

    private int report(Path directory, List<String> changed) {
        PrintWriter out = spec().commandLine().getOut();
        out.println(changed.isEmpty() ? "nothing changed" : "wrote " + String.join(", ", changed) + " to " + directory);
        out.println("start Envoy with: envoy -c " + directory.resolve("envoy.yaml"));
        out.flush();
        return 0;
    }

    private int refuse(List<String> problems) {
        PrintWriter err = spec().commandLine().getErr();
        problems.forEach(err::println);
        err.flush();
        return REFUSED;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "run by picocli");
    }
}
