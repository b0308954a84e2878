package io.mcpgateway.broker.definition;

import java.util.Objects;

/**
 * One thing that is wrong with a definition.
 *
 * @param path where, like {@code icons[0].src}
 * @param rule what is asked there, so that path and rule make a sentence
 */
public record Finding(String path, String rule) {
    public Finding {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public String toString() {
        return path.isEmpty() ? rule : path + " " + rule;
    }
}
