package io.mcpgateway.controller.doctor;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.controller.cluster.KubeconfigArguments;
import io.mcpgateway.controller.commands.CallerArguments;
import io.mcpgateway.controller.commands.ColorArguments;
import io.mcpgateway.controller.commands.NamespaceArguments;
import io.mcpgateway.controller.commands.OutputArguments;
import io.mcpgateway.controller.commands.StandaloneArguments;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.checks.Checkup;
import io.mcpgateway.controller.doctor.checks.StandaloneCheckup;
import io.mcpgateway.controller.doctor.findings.Diagnosis;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.JsonReport;
import io.mcpgateway.controller.doctor.findings.TextReport;
import io.mcpgateway.controller.doctor.reading.ClusterReading;
import io.mcpgateway.controller.doctor.reading.GatewayUrl;
import io.mcpgateway.controller.doctor.reading.StandaloneReading;
import io.mcpgateway.controller.settings.ControllerLogging;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code doctor}: looks at the whole chain from the cluster to a call, and says which link is broken. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Finds out why the gateway does not work, or some tools are missing: looks at CRDs, Istio, controller,"
                        + " Gateway, broker, routes, servers, credentials and policies with your rights, and makes a real call."
                        + " The first broken link is on top. Changes nothing; prints no Secret.",
        footer = {
            "",
            "Exit codes: 0 nothing is broken, 1 something is, 2 wrong command line,",
            "3 nothing that can be seen is broken, but not all can be seen."
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Function<Config, KubernetesClient> connect;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final NamespaceArguments namespaces = new NamespaceArguments();

    @Mixin
    final KubeconfigArguments cluster = new KubeconfigArguments();

    @Option(
            names = "--gateway-url",
            paramLabel = "URL",
            description =
                    "call the gateway there, such as https://mcp.example.com/mcp (default: its Pod, by port-forward;"
                            + " with --config: " + StandaloneArguments.GATEWAY_URL + ")")
    @Nullable
    URI gatewayUrl;

    @Mixin
    final CallerArguments caller = new CallerArguments();

    @Mixin
    final StandaloneArguments standalone = new StandaloneArguments();

    @Mixin
    final OutputArguments output = new OutputArguments();

    @Mixin
    final ColorArguments colors = new ColorArguments();

    /**
     * The command for the clusters of the user's kubeconfig.
     *
     * @param environment for NO_COLOR
     */
    public DoctorCommand(Map<String, String> environment) {
        this(
                environment,
                config -> new KubernetesClientBuilder().withConfig(config).build());
    }

    /**
     * The command for other connections.
     *
     * @param connect to a cluster
     */
    public DoctorCommand(Map<String, String> environment, Function<Config, KubernetesClient> connect) {
        this.environment = Map.copyOf(environment);
        this.connect = connect;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<String> namespace = namespaces.chosen();
        Optional<Path> config = standalone.config();
        if (config.isPresent() && namespaces.given()) {
            throw usage("-n and -A are for clusters; --config looks at everything in its file");
        }
        Optional<String> token = caller.token(gatewayUrl != null || config.isPresent(), "--gateway-url");
        PlainHttp.allowHostHeader();
        ControllerLogging.off();
        long start = System.nanoTime();
        List<Finding> findings = config.isEmpty() ? cluster(namespace, token) : ofFile(config.get(), token);
        Diagnosis diagnosis = new Diagnosis(findings, Duration.ofNanos(System.nanoTime() - start));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(output.isJson() ? JsonReport.of(diagnosis) : TextReport.of(diagnosis, colors.isColored(environment)));
        out.flush();
        return diagnosis.exitCode();
    }

    private List<Finding> cluster(Optional<String> namespace, Optional<String> token) throws InterruptedException {
        try (KubernetesClient client = connect.apply(cluster.settings())) {
            return Checkup.of(new ClusterReading(
                            client,
                            namespace,
                            Optional.ofNullable(gatewayUrl).map(url -> new GatewayUrl(url.toString(), token)),
                            this::say)
                    .read());
        }
    }

    private List<Finding> ofFile(Path file, Optional<String> token) throws InterruptedException {
        return StandaloneCheckup.of(StandaloneReading.read(
                file,
                standalone.brokerUrl(),
                new GatewayUrl(
                        Objects.requireNonNullElse(gatewayUrl, URI.create(StandaloneArguments.GATEWAY_URL))
                                .toString(),
                        token),
                this::say));
    }

    private ParameterException usage(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }

    private void say(String what) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("doctor: " + what + " ...");
        err.flush();
    }
}
