package io.mcpgateway.e2e.demo;

import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a gateway for new users: starts everything, shows the tools, and cleans up. */
@Command(
        name = "demo",
        description = "Starts a gateway in front of two sample servers (or your own) until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "${env:DEMO_PORT:-8888}",
            description = "Where the gateway listens on 127.0.0.1; also env DEMO_PORT (default: 8888)")
    private int port = 8888;

    @Option(
            names = "--envoy",
            arity = "1",
            paramLabel = "1|0",
            defaultValue = "${env:ENVOY:-0}",
            description = "1: a real Envoy in front, 0: the built-in gateway; also env ENVOY")
    private String envoy = "0";

    @Option(
            names = "--config",
            defaultValue = "${env:CONFIG:-}",
            description = "Your own config.yaml instead of the sample servers; also env CONFIG")
    private String config = "";

    @Option(
            names = "--folder",
            defaultValue = "${env:CALLER_FOLDER:-.}",
            description = "Folder for a relative --config; also env CALLER_FOLDER (default: the working folder)")
    private String folder = ".";

    private Demo() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            run();
            return 0;
        } catch (DemoException e) {
            System.err.println("demo: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("demo: " + e.getMessage());
            return 1;
        }
    }

    private void run() throws DemoException, IOException {
        boolean withEnvoy = !(envoy.isBlank() || "0".equals(envoy) || "false".equalsIgnoreCase(envoy));
        if (port < 1 || port > 65_535) {
            throw new DemoException("DEMO_PORT must be 1 to 65535, not " + port);
        }
        if (!FreePort.isFree(port)) {
            throw new DemoException("port " + port + " of 127.0.0.1 is in use; free it or choose another one: "
                    + "DEMO_PORT=" + (port + 1) + " make demo");
        }
        ProjectFolder project = ProjectFolder.locate();
        Optional<Path> own = config.isBlank()
                ? Optional.empty()
                : Optional.of(ServedConfig.locate(config, Path.of(folder).toAbsolutePath()));
        try (DemoStack stack = new DemoStack(project)) {
            Thread cleanUp = new Thread(() -> cleanUp(stack), "clean-up");
            Runtime.getRuntime().addShutdownHook(cleanUp);
            stack.start(port, own, withEnvoy);
            stack.show();
        }
    }

    private static void cleanUp(DemoStack stack) {
        System.out.println();
        System.out.println("demo: stopping ...");
        stack.close();
        System.out.println("demo: everything is stopped");
    }
}
