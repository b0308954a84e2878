package io.mcpgateway.e2e.servers;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one sample MCP server until SIGTERM or Ctrl-C. */
@Command(
        name = "sample-server",
        description = "Runs one sample MCP server (streamable HTTP) until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true,
        version = "sample-server 1.0.0",
        sortOptions = false)
public final class SampleServerMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "server1, server2, api-key, custom-path, broken, many-tools or echo")
    private String kind = "";

    @Option(names = "--host", description = "Where to listen (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port = 9090;

    @Option(names = "--tools", description = "How many tools many-tools has (default: ${DEFAULT-VALUE})")
    private int tools = 100;

    @Option(
            names = "--token",
            defaultValue = "${env:SAMPLE_TOKEN:-" + SampleOptions.DEFAULT_TOKEN + "}",
            description = "Token that api-key requires after 'Bearer '; also env SAMPLE_TOKEN")
    private String token = "";

    @Option(
            names = "--failure-mode",
            paramLabel = "MODE",
            description = "How the kind broken fails: protocol (an unknown protocol version, the only mode)")
    private String failureMode = "protocol";

    private SampleServerMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SampleServerMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        SampleOptions options = options();
        try (SampleServer server = SampleServer.start(options)) {
            System.out.println(options.kind().label() + " listening on " + server.url());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            new CountDownLatch(1).await();
            return 0;
        } catch (IOException e) {
            System.err.println("sample-server: " + e.getMessage());
            return 1;
        }
    }

    private SampleOptions options() {
        if (port < 0 || port > 65_535) {
            throw refused("--port must be 0 to 65535, not " + port);
        }
        if (tools < 0 || tools > 100_000) {
            throw refused("--tools must be 0 to 100000, not " + tools);
        }
        if (!"protocol".equals(failureMode)) {
            throw refused("--failure-mode only supports protocol, not " + failureMode);
        }
        return new SampleOptions(parsedKind(), host, port, tools, token);
    }

    private SampleKind parsedKind() {
        return Arrays.stream(SampleKind.values())
                .filter(value -> value.label().equals(kind.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> refused("no kind " + kind + "; there are "
                        + Arrays.stream(SampleKind.values())
                                .map(SampleKind::label)
                                .collect(Collectors.joining(", "))));
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
