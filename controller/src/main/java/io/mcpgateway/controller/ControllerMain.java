package io.mcpgateway.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.controller.cluster.ApiServerProbe;
import io.mcpgateway.controller.cluster.ClientApiRequests;
import io.mcpgateway.controller.doctor.DoctorCommand;
import io.mcpgateway.controller.health.HealthListener;
import io.mcpgateway.controller.installation.OwnInstallation;
import io.mcpgateway.controller.installation.UninstallCommand;
import io.mcpgateway.controller.migration.ConvertCommand;
import io.mcpgateway.controller.settings.ControllerArguments;
import io.mcpgateway.controller.settings.ControllerLogging;
import io.mcpgateway.controller.settings.ControllerSettings;
import io.mcpgateway.controller.settings.InstallationArguments;
import io.mcpgateway.controller.trace.TraceCommand;
import io.mcpgateway.controller.urls.UrlsCommand;
import io.mcpgateway.controller.why.WhyCommand;
import io.mcpgateway.runtime.MetricsListener;
import io.mcpgateway.runtime.Termination;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The controller process. */
@Command(
        name = "mcp-gateway-controller",
        mixinStandardHelpOptions = true,
        versionProvider = ControllerMain.Version.class,
        subcommands = UninstallCommand.class,
        sortOptions = false,
        description = "Kubernetes operator of the MCP gateway.",
        footer = {
            "",
            "Variables: LOG_LEVEL, NAMESPACE (or POD_NAMESPACE) and POD_NAME for the Lease,",
            "RELATED_IMAGE_ROUTER_BROKER (the broker's image), KUBECONFIG outside a cluster.",
            "Exit codes: 0 stopped by signal, 1 could not start or lost the Lease, 2 wrong command line."
        })
public final class ControllerMain implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ControllerMain.class);

    @Mixin
    private final ControllerArguments arguments = new ControllerArguments();

    @Mixin
    private final InstallationArguments installationArguments = new InstallationArguments();

    /** After this time the process ends, so the kubelet starts another one and the problem is visible. */
    private static final Duration LONGEST_WITHOUT_API_SERVER = Duration.ofMinutes(1);

    private final Map<String, String> environment;
    private final Termination termination;
    private final AtomicBoolean leaseLost = new AtomicBoolean();

    private ControllerMain(Map<String, String> environment, Termination termination) {
        this.environment = environment;
        this.termination = termination;
    }

    public static void main(String[] line) {
        Termination.run(termination -> new CommandLine(new ControllerMain(System.getenv(), termination))
                .addSubcommand(new ConvertCommand())
                .addSubcommand(new DoctorCommand(System.getenv()))
                .addSubcommand(new UrlsCommand())
                .addSubcommand(new WhyCommand())
                .addSubcommand(new TraceCommand(System.getenv()))
                .execute(line));
    }

    @Override
    public Integer call() throws InterruptedException {
        return switch (ControllerSettings.read(arguments, environment)) {
            case ControllerSettings.Result.Refused refused -> refuse(refused.problems());
            case ControllerSettings.Result.Valid valid -> {
                ControllerLogging.configure(valid.settings().log());
                try (OwnInstallation installation = OwnInstallation.begin(installationArguments, environment)) {
                    yield run(valid.settings(), installation);
                }
            }
        };
    }

    private int run(ControllerSettings settings, OwnInstallation installation) throws InterruptedException {
        PrometheusMeterRegistry registry = registry();
        KubernetesClient client = new KubernetesClientBuilder().build();
        if (!ApiServerProbe.await(client.getConfiguration(), LONGEST_WITHOUT_API_SERVER, termination)) {
            client.close();
            return 1;
        }
        try (ControllerWiring controller = ControllerWiring.start(
                        settings,
                        client,
                        new ControllerWiring.Surroundings(
                                new ClientApiRequests(client), registry, Clock.systemUTC(), this::loseLease));
                HealthListener health =
                        HealthListener.start(new InetSocketAddress(settings.healthPort()), controller::problem);
                MetricsListener metrics =
                        MetricsListener.start(new InetSocketAddress(settings.metricsPort()), registry)) {
            log.info(
                    "controller started version={} healthPort={} metricsPort={} namespaces=all leaderElection={}"
                            + " brokerImage={}",
                    Version.text(),
                    health.port(),
                    metrics.port(),
                    settings.lease()
                            .map(lease -> lease.namespace() + "/" + lease.name())
                            .orElse("off"),
                    settings.brokerImage());
            termination.await();
            installation.finish(controller::isIdle);
            log.info("stopping: finishing running reconciles");
        } catch (IOException problem) {
            log.error("cannot listen: {}", problem.getMessage());
            return 1;
        }
        log.info("controller stopped");
        return leaseLost.get() ? 1 : 0;
    }

    /** Another controller may work by now: this process ends, and a new one waits for its turn. */
    private void loseLease() {
        if (!termination.isRequested()) {
            log.error("the Lease was lost, stopping");
            leaseLost.set(true);
            termination.request();
        }
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        return registry;
    }

    private static int refuse(List<String> problems) {
        problems.forEach(problem -> System.err.println("mcp-gateway-controller: " + problem));
        return 2;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"mcp-gateway-controller " + text()};
        }

        static String text() {
            return Optional.ofNullable(ControllerMain.class.getPackage().getImplementationVersion())
                    .orElse("development");
        }
    }
}
