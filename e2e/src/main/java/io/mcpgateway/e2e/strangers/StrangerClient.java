package io.mcpgateway.e2e.strangers;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The clients, each a program on an official SDK that reads its jobs from a file and prints a line for each step. */
enum StrangerClient {
    TYPESCRIPT1(ForeignTool.TYPESCRIPT),
    TYPESCRIPT2(ForeignTool.TYPESCRIPT),
    PYTHON1(ForeignTool.PYTHON),
    PYTHON2(ForeignTool.PYTHON2),
    GO(ForeignTool.GO);

    private final ForeignTool tool;

    StrangerClient(ForeignTool tool) {
        this.tool = tool;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    ForeignTool tool() {
        return tool;
    }

    List<String> command(ProjectFolder project, Path installed, Path jobs) {
        Path programs = project.resolve("e2e/foreign/strangers");
        String file = jobs.toString();
        return switch (this) {
            case TYPESCRIPT1, TYPESCRIPT2 ->
                List.of(
                        installed.resolve("node").toString(),
                        programs.resolve("client.mjs").toString(),
                        generation(),
                        file);
            case PYTHON1, PYTHON2 ->
                List.of("python3", programs.resolve("client.py").toString(), generation(), file);
            case GO -> List.of(installed.resolve("client").toString(), file);
        };
    }

    private String generation() {
        return name().substring(name().length() - 1);
    }
}
