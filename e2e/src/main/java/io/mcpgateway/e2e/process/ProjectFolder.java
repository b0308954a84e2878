package io.mcpgateway.e2e.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checked-out project, in which built programs and scripts are found. */
public record ProjectFolder(Path root) {
    /**
     * The folder named by the system property {@code mcpgateway.root}, else the working folder or the nearest one above
     * it that holds the project.
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
        return resolve("broker/target/mcp-gateway-broker.jar");
    }

    /** How to run a class of this module in a JVM of its own. */
    public List<String> javaCommand(List<String> flags, String mainClass) {
        String classPath = resolve("e2e/target/classes") + File.pathSeparator + resolve("e2e/target/lib") + "/*";
        List<String> command = new java.util.ArrayList<>();
        command.add(java());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, mainClass));
        return List.copyOf(command);
    }

    /** The {@code java} that runs this code. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
