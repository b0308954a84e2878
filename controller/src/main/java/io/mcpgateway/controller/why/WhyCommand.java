package io.mcpgateway.controller.why;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.cluster.KubeconfigArguments;
import io.mcpgateway.controller.commands.OutputArguments;
import io.mcpgateway.controller.commands.StandaloneArguments;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.reading.WhyReading;
import io.mcpgateway.controller.settings.ControllerLogging;
import io.mcpgateway.controller.why.answers.WhyFix;
import io.mcpgateway.controller.why.answers.WhyReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code why}: says whether something is served, and if not, why. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Says whether a tool, prompt, resource, server, virtual server or URL is served, where and by which"
                        + " server; or why not, because of which object, and what to do. Asks every broker with your rights."
                        + " Changes nothing.",
        footer = {
            "",
            "Exit codes: 0 it is served, 1 it is not, 2 wrong command line,",
            "3 not every broker could be asked."
        })
public final class WhyCommand implements Callable<Integer> {
    private static final int MOST_BYTES = 64 * 1024;

    private final Function<Config, KubernetesClient> connect;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "name of a tool or prompt as clients or its server call it, URI of a resource,"
                    + " NAMESPACE/NAME of a server or virtual server, or a URL")
    String name = "";

    @Option(
            names = "--virtual-server",
            paramLabel = "NAMESPACE/NAME",
            description = "as clients of this virtual server see it")
    @Nullable
    String virtualServer;

    @Option(names = "--url", paramLabel = "URL", description = "as clients at this URL see it")
    @Nullable
    String url;

    @Option(
            names = "--claims-file",
            paramLabel = "FILE",
            description =
                    "as a caller with these claims sees it: a JSON object with allowed-tools or allowed-capabilities")
    @Nullable
    Path claimsFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "the same with the claims of a JWT; its signature is not checked, and only its claims are sent")
    @Nullable
    Path tokenFile;

    @Mixin
    final KubeconfigArguments cluster = new KubeconfigArguments();

    @Mixin
    final StandaloneArguments standalone = new StandaloneArguments();

    @Mixin
    final OutputArguments output = new OutputArguments();

    /** The command for the clusters of the user's kubeconfig. */
    public WhyCommand() {
        this(config -> new KubernetesClientBuilder().withConfig(config).build());
    }

    /**
     * The command for other connections.
     *
     * @param connect to a cluster
     */
    public WhyCommand(Function<Config, KubernetesClient> connect) {
        this.connect = connect;
    }

    @Override
    public Integer call() throws InterruptedException {
        check(virtualServer != null && url != null, "--virtual-server and --url exclude each other");
        check(claimsFile != null && tokenFile != null, "--claims-file and --token-file exclude each other");
        check(name.isBlank(), "NAME is empty");
        Optional<Path> config = standalone.config();
        Optional<String> claims = claims();
        ControllerLogging.off();
        WhyReport report = config.isEmpty()
                ? ofCluster(claims)
                : WhyReport.of(
                        WhyReading.standalone(standalone.brokerUrl(), query(), claims),
                        new WhyFix.Standalone(config.get().toString()));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(output.isJson() ? report.json() : report.text());
        out.flush();
        return report.exitCode();
    }

    private WhyReport ofCluster(Optional<String> claims) throws InterruptedException {
        try (KubernetesClient client = connect.apply(cluster.settings())) {
            Map<String, Part<Explanation>> told = WhyReading.cluster(client, query(), claims);
            WhyReport report = WhyReport.of(told, new WhyFix.Cluster());
            return WhyReading.registration(client, name)
                    .flatMap(WhyCommand::refusal)
                    .map(report::with)
                    .orElse(report);
        }
    }

    /** Of a registration that never got to a broker, only its object says why. */
    private static Optional<String> refusal(MCPServerRegistration registration) {
        return Optional.ofNullable(registration.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.ACCEPTED))
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(WhyCommand::told);
    }

    private static String told(Condition accepted) {
        return accepted.getReason() + ": " + accepted.getMessage();
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        append(query, Explanation.NAME_PARAMETER, name);
        append(query, Explanation.VIRTUAL_SERVER_PARAMETER, virtualServer);
        append(query, Explanation.URL_PARAMETER, url);
        return query.toString();
    }

    private static void append(StringBuilder query, String parameter, @Nullable String value) {
        if (value != null) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(parameter)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /** As the broker takes them. */
    private Optional<String> claims() {
        if (claimsFile != null) {
            byte[] read = bytes(claimsFile);
            check(!isObject(read), claimsFile + " is not a JSON object");
            return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(read));
        }
        if (tokenFile != null) {
            String[] parts =
                    new String(bytes(tokenFile), StandardCharsets.UTF_8).strip().split("\\.", -1);
            check(parts.length != 3, tokenFile + " is not a JWT: three parts with dots between them");
            return Optional.of(parts[1]);
        }
        return Optional.empty();
    }

    private byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] read = in.readNBytes(MOST_BYTES + 1);
            check(read.length > MOST_BYTES, file + " is larger than " + MOST_BYTES + " bytes");
            return read;
        } catch (IOException unreadable) {
            throw usage("cannot read " + file);
        }
    }

    private static boolean isObject(byte[] json) {
        try {
            JsonNode read = new ObjectMapper().readTree(json);
            return read != null && read.isObject();
        } catch (IOException notJson) {
            return false;
        }
    }

    private void check(boolean wrong, String problem) {
        if (wrong) {
            throw usage(problem);
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
}
