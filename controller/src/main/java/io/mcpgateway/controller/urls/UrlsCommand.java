package io.mcpgateway.controller.urls;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.controller.cluster.KubeconfigArguments;
import io.mcpgateway.controller.commands.NamespaceArguments;
import io.mcpgateway.controller.settings.ControllerLogging;
import io.mcpgateway.controller.urls.recipes.Client;
import io.mcpgateway.controller.urls.recipes.ClientUrl;
import io.mcpgateway.controller.urls.recipes.UrlReport;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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

/** {@code urls}: which URLs clients can use, in the form that each client wants. */
@Command(
        name = "urls",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Prints every URL that clients can use: of the gateway, of each virtual server and of each server,"
                        + " as a table or in the form that a client wants. Reads the cluster with your rights, and changes nothing.",
        footer = {
            "",
            "Exit codes: 0 printed, 1 nothing could be read, 2 wrong command line,",
            "3 not everything could be read."
        })
public final class UrlsCommand implements Callable<Integer> {
    /** How results are printed. */
    enum Output {
        text,
        json,
        mcpservers
    }

    private static final int NOTHING_READ = 1;
    private static final int NOT_ALL_READ = 3;

    private final Function<Config, KubernetesClient> connect;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final NamespaceArguments namespaces = new NamespaceArguments();

    @Mixin
    final KubeconfigArguments cluster = new KubeconfigArguments();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the URLs of a gateway without a cluster, which runs with this config.yaml")
    @Nullable
    Path config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "with --config: where clients reach the gateway (default: http://127.0.0.1:8888)")
    @Nullable
    URI url;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: text); mcpservers is the JSON that most clients read")
    @Nullable
    Output output;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "commands or a part of a file for ${COMPLETION-CANDIDATES}")
    @Nullable
    Client client;

    /** The command for the clusters of the user's kubeconfig. */
    public UrlsCommand() {
        this(config -> new KubernetesClientBuilder().withConfig(config).build());
    }

    /**
     * The command for other connections.
     *
     * @param connect to a cluster
     */
    public UrlsCommand(Function<Config, KubernetesClient> connect) {
        this.connect = connect;
    }

    @Override
    public Integer call() {
        Optional<String> namespace = namespaces.chosen();
        check(client != null && output != null, "-o and --client exclude each other");
        check(url != null && config == null, "--url needs --config; in a cluster, the statuses have the URLs");
        check(config != null && namespace.isPresent(), "-n is for clusters; it does not go with --config");
        URI gateway = Objects.requireNonNullElse(url, URI.create("http://127.0.0.1:8888"));
        check(
                gateway.getHost() == null || !List.of("http", "https").contains(gateway.getScheme()),
                "--url must be like https://mcp.example.com");
        ControllerLogging.off();
        UrlReading reading = config == null ? ofCluster(namespace) : UrlReading.of(config, gateway);
        reading.problems().forEach(this::say);
        if (!reading.isUsable()) {
            return NOTHING_READ;
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(text(reading.rows()));
        out.flush();
        hint(reading.rows());
        return reading.problems().isEmpty() ? 0 : NOT_ALL_READ;
    }

    private UrlReading ofCluster(Optional<String> namespace) {
        try (KubernetesClient connection = connect.apply(cluster.settings())) {
            return UrlReading.of(connection, namespace);
        }
    }

    private String text(List<ClientUrl> rows) {
        if (client != null) {
            return client.text(rows);
        }
        return switch (Objects.requireNonNullElse(output, Output.text)) {
            case text -> UrlReport.table(rows);
            case json -> UrlReport.json(rows);
            case mcpservers -> UrlReport.mcpServers(rows);
        };
    }

    /** On standard error, so that what is printed can be used as it is. */
    private void hint(List<ClientUrl> rows) {
        long without = rows.stream().filter(row -> row.url().isEmpty()).count();
        if (without > 0) {
            say(without + " of " + rows.size() + " have no URL"
                    + (config == null ? "; kubectl mcp doctor says why" : ""));
        }
        if (client != null && without < rows.size()) {
            say(client.use());
        }
    }

    private void check(boolean wrong, String problem) {
        if (wrong) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
        }
    }

    private void say(String what) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("urls: " + what);
        err.flush();
    }
}
