package io.mcpgateway.e2e.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout of the project, with built programs and scripts. */
public record ProjectFolder(Path root) {
    /**
     * The folder in the system property {@code mcpgateway.root}, otherwise the working folder or the nearest one above
     * it that contains the project.
     *
     * @throws IllegalStateException if there is none
     */
    public static ProjectFolder locate() {
        String named = System.getProperty("mcpgateway.root");
        Path start = Path.of(named == null ? "" : named).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("scripts/tools.sh")) && Files.isDirectory(folder.resolve("broker"))) {
                return new ProjectFolder(folder);
            }
        }
        throw new IllegalStateException("not inside a checkout of MCP Gateway: " + start);
    }

    public Path resolve(String relative) {
        return root.resolve(relative);
    }

    /** The built broker. */
    public Path brokerJar() {
        return built("broker", "mcp-gateway-broker.jar");
    }

    /** The command that runs a class of this module in its own JVM. */
    public List<String> javaCommand(List<String> flags, String mainClass) {
        // Libraries are in lib, or where the jar's manifest says they are.
        String classPath = String.join(
                File.pathSeparator,
                built("e2e", "classes").toString(),
                built("e2e", "lib") + "/*",
                built("e2e", "mcp-gateway-e2e.jar").toString());
        List<String> command = new java.util.ArrayList<>();
        command.add(java());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, mainClass));
        return List.copyOf(command);
    }

    /** In {@code target} of a module, or in its subfolder that the system property {@code mcpgateway.build} names. */
    private Path built(String module, String name) {
        return resolve(module)
                .resolve("target")
                .resolve(System.getProperty("mcpgateway.build", ""))
                .resolve(name);
    }

    /** The {@code java} that runs this code. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
