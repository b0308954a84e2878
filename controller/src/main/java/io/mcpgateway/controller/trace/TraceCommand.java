package io.mcpgateway.controller.trace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.api.wire.McpRevisions;
import io.mcpgateway.controller.cluster.KubeconfigArguments;
import io.mcpgateway.controller.commands.CallerArguments;
import io.mcpgateway.controller.commands.ColorArguments;
import io.mcpgateway.controller.commands.OutputArguments;
import io.mcpgateway.controller.commands.StandaloneArguments;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import io.mcpgateway.controller.doctor.reading.CallReading;
import io.mcpgateway.controller.settings.ControllerLogging;
import io.mcpgateway.controller.trace.answers.RequestLog;
import io.mcpgateway.controller.trace.answers.TraceJson;
import io.mcpgateway.controller.trace.answers.TraceReport;
import io.mcpgateway.controller.trace.answers.TraceText;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

/** {@code trace}: what becomes of one call, or became of one. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Calls a tool through the gateway, and says what the router decided and why, what it told policies, which"
                        + " server got the call, what came back, and how long each part took. The tool does what it does."
                        + " With --request-id, says the same of a call that was made, from logs, and calls nothing.",
        footer = {
            "",
            "Exit codes: 0 there is a result, or the call was let through,",
            "1 it was refused or failed, 2 wrong command line, 3 not enough can be seen."
        })
public final class TraceCommand implements Callable<Integer> {
    private static final int LONGEST_SECONDS = 600;

    private final Map<String, String> environment;
    private final Function<Config, KubernetesClient> connect;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TOOL", description = "name of a tool as clients call it")
    @Nullable
    String tool;

    @Mixin
    final CallArguments arguments = new CallArguments();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "call the gateway there, such as https://mcp.example.com/mcp (default: its Pod, by port-forward;"
                            + " with --config: " + StandaloneArguments.GATEWAY_URL + ")")
    @Nullable
    URI url;

    @Option(
            names = "--virtual-server",
            paramLabel = "NAMESPACE/NAME",
            description = "as clients of this virtual server, which name it in a header")
    @Nullable
    String virtualServer;

    @Mixin
    final CallerArguments caller = new CallerArguments();

    @Option(
            names = "--protocol-version",
            paramLabel = "REVISION",
            description = "revision of MCP that the client speaks (default: the newest that begins with initialize)")
    @Nullable
    String protocolVersion;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "how long each request may take (default: ${DEFAULT-VALUE})")
    int timeout = 30;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "x-request-id of a call that was made: look for it in the logs of brokers and Gateways")
    @Nullable
    String requestId;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "look in this log instead, audit or access log; '-' is standard input")
    @Nullable
    String log;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "namespace of the MCPGatewayExtension, if there are several gateways")
    @Nullable
    String namespace;

    @Mixin
    final KubeconfigArguments cluster = new KubeconfigArguments();

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
    public TraceCommand(Map<String, String> environment) {
        this(
                environment,
                config -> new KubernetesClientBuilder().withConfig(config).build());
    }

    /**
     * The command for other connections.
     *
     * @param connect to a cluster
     */
    public TraceCommand(Map<String, String> environment, Function<Config, KubernetesClient> connect) {
        this.environment = Map.copyOf(environment);
        this.connect = connect;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<Path> config = standalone.config();
        ObjectNode given = arguments.read();
        check(config.isPresent());
        Optional<String> token = caller.token(url != null || config.isPresent(), "--url");
        PlainHttp.allowHostHeader();
        ControllerLogging.off();
        TraceReport report;
        if (config.isPresent() || (log != null && requestId != null)) {
            report = traced(
                    new WithoutCluster(
                            Objects.requireNonNullElse(url, URI.create(StandaloneArguments.GATEWAY_URL)),
                            config.map(_ -> standalone.brokerUrl()),
                            Optional.ofNullable(log)),
                    given,
                    token);
        } else {
            try (KubernetesClient client = connect.apply(cluster.settings())) {
                report = traced(
                        new InCluster(client, Optional.ofNullable(namespace), Optional.ofNullable(url)), given, token);
            }
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(output.isJson() ? TraceJson.of(report) : TraceText.of(report, colors.isColored(environment)));
        out.flush();
        return report.exitCode();
    }

    private void check(boolean withoutCluster) {
        check((tool == null) == (requestId == null), "give either TOOL or --request-id");
        check(tool != null && tool.isBlank(), "TOOL is empty");
        check(requestId != null && requestId.length() < 4, "--request-id is too short to be found in a log");
        check(
                requestId != null
                        && (arguments.given() || url != null || virtualServer != null || protocolVersion != null),
                "--request-id calls nothing; it only goes with --log and options for the cluster");
        check(tool != null && log != null && !withoutCluster, "--log needs --request-id or --config");
        check(tool != null && "-".equals(log), "--log - needs --request-id");
        check(withoutCluster && namespace != null, "-n is for clusters; it does not go with --config");
        check(timeout < 1 || timeout > LONGEST_SECONDS, "--timeout must be 1 to " + LONGEST_SECONDS);
        check(
                protocolVersion != null && !McpRevisions.ALL.contains(protocolVersion),
                "--protocol-version must be one of " + String.join(", ", McpRevisions.ALL));
        check(
                url != null
                        && (url.getHost() == null
                                || url.getRawUserInfo() != null
                                || !List.of("http", "https").contains(url.getScheme())),
                "--url must be like https://mcp.example.com/mcp");
    }

    private TraceReport traced(Surroundings where, ObjectNode given, Optional<String> token)
            throws InterruptedException {
        return requestId == null ? called(where, given, token) : logged(where, requestId);
    }

    private TraceReport called(Surroundings where, ObjectNode given, Optional<String> token)
            throws InterruptedException {
        String id = UUID.randomUUID().toString();
        CallReading.Call call = new CallReading.Call(
                Objects.requireNonNull(tool),
                given,
                Optional.ofNullable(virtualServer),
                token,
                Optional.ofNullable(protocolVersion),
                Duration.ofSeconds(timeout),
                id,
                "trace-" + id);
        warnOfPlainText(token);
        say("calling " + tool);
        Instant start = Instant.now();
        Part<TracedCall> made = where.call(call);
        if (made instanceof Part.Unreadable<TracedCall>(var gap)) {
            return new TraceReport(id, Optional.empty(), RequestLog.EMPTY, List.of(), List.of(TraceReport.text(gap)));
        }
        TracedCall traced = made.found().orElseThrow();
        say("asking the brokers");
        Surroundings.Logs logs = where.logs(Set.of(id, call.rpcId()), Optional.of(start));
        RoutedCall.Question question = new RoutedCall.Question(
                TracedCall.CALL,
                traced.tool(),
                Optional.ofNullable(virtualServer),
                Optional.of(traced.url()),
                traced.protocolVersion());
        return new TraceReport(id, Optional.of(traced), logs.log(), List.of(), logs.gaps())
                .with(where.routes(question, token.flatMap(CallerArguments::claims)));
    }

    private TraceReport logged(Surroundings where, String id) throws InterruptedException {
        say("looking for " + id);
        Surroundings.Logs logs = where.logs(Set.of(id), Optional.empty());
        TraceReport report = new TraceReport(id, Optional.empty(), logs.log(), List.of(), logs.gaps());
        Optional<RoutedCall.Question> question = logs.log().asked().flatMap(TraceCommand::question);
        return question.isPresent() ? report.with(where.routes(question.get(), Optional.empty())) : report;
    }

    private static Optional<RoutedCall.Question> question(RequestLog.Asked asked) {
        return McpRevisions.ALL.contains(asked.protocolVersion())
                        && !asked.name().isEmpty()
                ? Optional.of(new RoutedCall.Question(
                        asked.method(),
                        asked.name(),
                        Optional.of(asked.virtualServer())
                                .filter(name -> !name.isEmpty() && asked.place().endsWith("/mcp")),
                        Optional.of("https://" + asked.place()),
                        asked.protocolVersion()))
                : Optional.empty();
    }

    private void warnOfPlainText(Optional<String> token) {
        if (token.isPresent() && url != null && "http".equals(url.getScheme())) {
            say("warning: the token goes over plain HTTP, so anybody on the way can read it");
        }
    }

    private void check(boolean wrong, String problem) {
        if (wrong) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
        }
    }

    private void say(String what) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("trace: " + what + " ...");
        err.flush();
    }
}
