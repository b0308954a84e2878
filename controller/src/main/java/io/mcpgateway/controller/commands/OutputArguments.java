package io.mcpgateway.controller.commands;

import picocli.CommandLine.Option;

/** How a command prints its report. */
public final class OutputArguments {
    /** The forms of a report. */
    enum Output {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Output output = Output.text;

    public boolean isJson() {
        return output == Output.json;
    }
}
