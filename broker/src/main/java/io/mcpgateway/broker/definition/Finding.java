package io.mcpgateway.broker.definition;

import java.util.Objects;

/**
 * One problem of a definition.
 *
 * @param path where, like {@code icons[0].src}
 * @param rule what is required there, so path and rule form a sentence
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
