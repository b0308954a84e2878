package io.mcpgateway.controller.commands;

import java.io.Console;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a report for people has colors. */
public final class ColorArguments {
    @Option(names = "--no-color", description = "no colors; nor are there any without a terminal, or with NO_COLOR set")
    boolean plain;

    /**
     * Only on a terminal. A runtime without the module jdk.internal.le has no console if there is none.
     *
     * @param environment for NO_COLOR
     */
    public boolean isColored(Map<String, String> environment) {
        return !plain
                && !environment.containsKey("NO_COLOR")
                && Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent();
    }
}
