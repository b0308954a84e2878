package io.mcpgateway.e2e.strangers;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The clients, each a program on an official SDK that reads its jobs from a file and prints a line for each step. */
enum StrangerClient {
    TYPESCRIPT1(ForeignTool.TYPESCRIPT, EnumSet.of(Era.LEGACY)),
    /** The SDK 2.x without options. */
    TYPESCRIPT2(ForeignTool.TYPESCRIPT, EnumSet.of(Era.LEGACY)),
    /** It asks for 2026-07-28 first. */
    TYPESCRIPT2_AUTO(ForeignTool.TYPESCRIPT, EnumSet.allOf(Era.class)),
    TYPESCRIPT2_MODERN(ForeignTool.TYPESCRIPT, EnumSet.of(Era.MODERN)),
    PYTHON1(ForeignTool.PYTHON, EnumSet.of(Era.LEGACY)),
    /** The SDK 2.x without options asks for 2026-07-28 first. */
    PYTHON2(ForeignTool.PYTHON2, EnumSet.allOf(Era.class)),
    PYTHON2_MODERN(ForeignTool.PYTHON2, EnumSet.of(Era.MODERN)),
    /** The Java SDK is one of our dependencies, so there is nothing to install. */
    JAVA(null, EnumSet.of(Era.LEGACY)),
    JAVA_MODERN(null, EnumSet.of(Era.MODERN)),
    /** It asks for 2026-07-28 first. */
    GO(ForeignTool.GO, EnumSet.allOf(Era.class)),
    /** The MCP Inspector's command line, which asks for 2026-07-28 first. */
    INSPECTOR(ForeignTool.TYPESCRIPT, EnumSet.allOf(Era.class));

    private final @Nullable ForeignTool tool;

    @SuppressWarnings("ImmutableEnumChecker") // it is unmodifiable
    private final Set<Era> eras;

    StrangerClient(@Nullable ForeignTool tool, Set<Era> eras) {
        this.tool = tool;
        this.eras = Collections.unmodifiableSet(eras);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static StrangerClient of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    Optional<ForeignTool> tool() {
        return Optional.ofNullable(tool);
    }

    Set<Era> eras() {
        return eras;
    }

    /** Whether it can talk to a server of these eras without a gateway between them. */
    boolean reaches(Set<Era> server) {
        return !Collections.disjoint(eras, server);
    }

    /**
     * Whose results without the gateway are the expected ones with a server of these eras, the best first: its own if it
     * reaches the server, otherwise those of the same SDK in the server's era, otherwise those of the most complete SDK.
     */
    List<StrangerClient> references(Set<Era> server) {
        return Stream.of(this, sibling(), server.contains(Era.MODERN) ? TYPESCRIPT2_MODERN : TYPESCRIPT2)
                .filter(client -> client.reaches(server))
                .distinct()
                .toList();
    }

    private StrangerClient sibling() {
        return switch (this) {
            case TYPESCRIPT1, TYPESCRIPT2 -> TYPESCRIPT2_MODERN;
            case TYPESCRIPT2_MODERN -> TYPESCRIPT2;
            case PYTHON1 -> PYTHON2_MODERN;
            case PYTHON2_MODERN -> PYTHON2;
            case JAVA -> JAVA_MODERN;
            case JAVA_MODERN -> JAVA;
            case TYPESCRIPT2_AUTO, PYTHON2, GO, INSPECTOR -> this;
        };
    }

    List<String> command(ProjectFolder project, StrangerTools tools, Path jobs) {
        Path programs = project.resolve("e2e/foreign/strangers");
        String file = jobs.toString();
        return switch (this) {
            case TYPESCRIPT1, TYPESCRIPT2, TYPESCRIPT2_AUTO, TYPESCRIPT2_MODERN ->
                List.of(node(tools), programs.resolve("client.mjs").toString(), variant("typescript"), file);
            case INSPECTOR ->
                List.of(node(tools), programs.resolve("inspector.mjs").toString(), file);
            case PYTHON1, PYTHON2, PYTHON2_MODERN ->
                List.of("python3", programs.resolve("client.py").toString(), variant("python"), file);
            case JAVA -> java(JavaClient.class, file);
            case JAVA_MODERN -> java(JavaModernClient.class, file);
            case GO -> List.of(tools.path(ForeignTool.GO).resolve("client").toString(), file);
        };
    }

    private static List<String> java(Class<?> program, String file) {
        return List.of(
                ProjectFolder.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                file);
    }

    private static String node(StrangerTools tools) {
        return tools.path(ForeignTool.TYPESCRIPT).resolve("node").toString();
    }

    /** What the program of this SDK calls it: the rest of the label. */
    private String variant(String sdk) {
        return label().substring(sdk.length());
    }
}
