package io.mcpgateway.e2e.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Third-party programs; {@code scripts/tools.sh} knows their versions and how to install them. */
public enum ForeignTool {
    /** The path is the linter of GitHub workflows. */
    ACTIONLINT,
    /** The path is the program that signs images. */
    COSIGN,
    /** The path is the client of container registries. */
    CRANE,
    /** The path is the Envoy binary. */
    ENVOY,
    /** The path is the script that Node.js runs. */
    EVERYTHING,
    /** The path is a folder with a client and servers on the Go MCP SDK. */
    GO,
    /** The path is the linter of Dockerfiles. */
    HADOLINT,
    /** The path is the folder of the distribution, built for an in-memory database. */
    KEYCLOAK,
    /** The path is a folder with {@code kubectl} and {@code helm}. */
    KUBECTL,
    /** The path is the Prometheus server. */
    PROMETHEUS,
    /** The path is the program that checks and tests Prometheus rules. */
    PROMTOOL,
    /** The path is the folder of Python packages of the Python MCP SDK 1.x. */
    PYTHON,
    /** The path is the folder of Python packages of the Python MCP SDK 2.x and FastMCP. */
    PYTHON2,
    /** The path is the server's binary. */
    REDIS,
    /** The path is a folder with TypeScript packages, including the conformance suite, and a suitable Node.js. */
    TYPESCRIPT;

    /**
     * Where the tool is. Installs it first if necessary, which takes a few seconds and needs the network.
     *
     * @param progress gets each line of the installer's output
     * @throws ToolMissingException if it cannot be installed
     */
    public Path locate(ProjectFolder project, Consumer<String> progress) throws ToolMissingException {
        try {
            Process script = new ProcessBuilder(
                            project.resolve("scripts/tools.sh").toString(), name().toLowerCase(Locale.ROOT))
                    .start();
            script.getOutputStream().close();
            CompletableFuture<String> lastLine = CompletableFuture.supplyAsync(() -> follow(script, progress));
            String path = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (script.waitFor() != 0) {
                throw new ToolMissingException(lastLine.join());
            }
            return Path.of(path);
        } catch (IOException e) {
            throw new ToolMissingException("cannot run scripts/tools.sh: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolMissingException("interrupted while installing " + this);
        }
    }

    private static String follow(Process script, Consumer<String> progress) {
        String last = "scripts/tools.sh failed without a message";
        try (java.io.BufferedReader reader = script.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line.replaceFirst("^tools: ", "");
                if (script.isAlive()) {
                    progress.accept(last);
                }
            }
            return last;
        } catch (IOException e) {
            return last;
        }
    }
}
