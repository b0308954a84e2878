package io.mcpgateway.e2e.strangers;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clients, each a program on an official SDK that reads its jobs from a file and prints a line for each step. */
enum StrangerClient {
    TYPESCRIPT1(ForeignTool.TYPESCRIPT),
    TYPESCRIPT2(ForeignTool.TYPESCRIPT),
    PYTHON1(ForeignTool.PYTHON),
    PYTHON2(ForeignTool.PYTHON2),
    /** Its SDK is one of our dependencies, so there is nothing to install. */
    JAVA(null),
    GO(ForeignTool.GO),
    /** The MCP Inspector's command line. */
    INSPECTOR(ForeignTool.TYPESCRIPT);

    private final @Nullable ForeignTool tool;

    StrangerClient(@Nullable ForeignTool tool) {
        this.tool = tool;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Optional<ForeignTool> tool() {
        return Optional.ofNullable(tool);
    }

    List<String> command(ProjectFolder project, StrangerTools tools, Path jobs) {
        Path programs = project.resolve("e2e/foreign/strangers");
        String file = jobs.toString();
        return switch (this) {
            case TYPESCRIPT1, TYPESCRIPT2 ->
                List.of(node(tools), programs.resolve("client.mjs").toString(), generation(), file);
            case INSPECTOR ->
                List.of(node(tools), programs.resolve("inspector.mjs").toString(), file);
            case PYTHON1, PYTHON2 ->
                List.of("python3", programs.resolve("client.py").toString(), generation(), file);
            case JAVA ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JavaClient.class.getName(),
                        file);
            case GO -> List.of(tools.path(ForeignTool.GO).resolve("client").toString(), file);
        };
    }

    private static String node(StrangerTools tools) {
        return tools.path(ForeignTool.TYPESCRIPT).resolve("node").toString();
    }

    private String generation() {
        return name().substring(name().length() - 1);
    }
}
