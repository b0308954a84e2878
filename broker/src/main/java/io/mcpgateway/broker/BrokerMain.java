package io.mcpgateway.broker;

import io.mcpgateway.broker.envoyconfig.EnvoyConfigCommand;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.settings.SettingsReader;
import io.mcpgateway.runtime.Logging;
import io.mcpgateway.runtime.Termination;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The broker process: Envoy's external processor and the MCP server behind {@code /mcp}. */
@Command(
        name = "mcp-gateway",
        mixinStandardHelpOptions = true,
        versionProvider = BrokerMain.Version.class,
        sortOptions = false,
        description = "Broker and router of the MCP gateway: many MCP servers behind one /mcp.",
        footer = {
            "",
            "Variables: GATEWAY_SIGNING_KEY (at least 32 bytes; without it sessions end with the process), LOG_LEVEL,",
            "CACHE_CONNECTION_STRING (session store that replicas share: redis://user:password@host:6379/0),",
            "OAUTH_RESOURCE_NAME, OAUTH_RESOURCE, OAUTH_AUTHORIZATION_SERVERS, OAUTH_BEARER_METHODS_SUPPORTED,",
            "OAUTH_SCOPES_SUPPORTED, TRUSTED_HEADER_PUBLIC_KEY (PEM; verifies x-authorized-tools and"
                    + " x-mcp-authorized),",
            "MCP_ALLOWED_ORIGINS, MCP_ALLOW_LINK_LOCAL_UPSTREAMS,",
            "OTEL_EXPORTER_OTLP_ENDPOINT (where to send traces; without it there are none) and the other OTEL_*.",
            "Exit codes: 0 stopped by signal, 1 could not start, 2 wrong command line."
        })
public final class BrokerMain implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(BrokerMain.class);

    private final Map<String, String> environment;
    private final Termination termination;

    @Spec
    private @Nullable CommandSpec line;

    private BrokerMain(Map<String, String> environment, Termination termination) {
        this.environment = environment;
        this.termination = termination;
    }

    public static void main(String[] line) {
        Termination.run(termination -> {
            CommandLine command = new CommandLine(new BrokerMain(System.getenv(), termination));
            SettingsReader.declare(command.getCommandSpec());
            return command.addSubcommand(new EnvoyConfigCommand()).execute(line);
        });
    }

    @Override
    public Integer call() throws InterruptedException {
        BrokerSettings settings;
        switch (SettingsReader.read(Objects.requireNonNull(line, "line"), environment)) {
            case SettingsReader.Result.Refused refused -> {
                return refuse(refused.problems(), 2);
            }
            case SettingsReader.Result.Valid valid -> settings = valid.settings();
        }
        Logging.configure(settings.log());
        try (BrokerWiring broker = BrokerWiring.start(settings)) {
            log.info(
                    "started version={} http={} grpc={} embeddedGateway={} metrics={} publicHost={}",
                    Version.text(),
                    broker.httpAddress(),
                    broker.grpcAddress(),
                    settings.get(BrokerOptions.EMBEDDED_GATEWAY)
                            .map(Object::toString)
                            .orElse("none"),
                    settings.get(BrokerOptions.METRICS_ADDRESS)
                            .map(Object::toString)
                            .orElse("none"),
                    settings.publicHost());
            termination.await();
            log.info("stopping: finishing calls in flight");
        } catch (StartFailure failure) {
            return refuse(failure.problems(), 1);
        }
        log.info("stopped");
        return 0;
    }

    private static int refuse(List<String> problems, int exit) {
        problems.forEach(problem -> System.err.println("mcp-gateway: " + problem));
        return exit;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"mcp-gateway " + text()};
        }

        static String text() {
            return Optional.ofNullable(BrokerMain.class.getPackage().getImplementationVersion())
                    .orElse("development");
        }
    }
}
