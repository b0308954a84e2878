package io.mcpgateway.e2e.process;

import java.io.IOException;
import java.util.List;

/** A config.yaml was refused. */
public final class ConfigRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigRefusedException(List<String> problems) {
        super("config.yaml is refused: " + String.join(" | ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line for each problem. */
    public List<String> problems() {
        return problems;
    }
}
