package io.mcpgateway.broker.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names, prefix included, some client or model does not take. They are served all the same: others do take them.
 */
public final class NameRule {
    private static final int MOST_IN_MCP = 128;
    private static final int MOST_IN_MODELS = 64;
    private static final Pattern IN_MODELS = Pattern.compile("[A-Za-z0-9_-]+");

    private NameRule() {}

    /** The problem with a served name, if there is one. */
    public static Optional<String> warning(String name) {
        if (name.length() > MOST_IN_MCP) {
            return Optional.of("is longer than the " + MOST_IN_MCP + " characters that MCP allows");
        }
        if (name.length() > MOST_IN_MODELS) {
            return Optional.of("is longer than the " + MOST_IN_MODELS + " characters that model APIs allow");
        }
        return IN_MODELS.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("has characters that model APIs do not allow: only letters, digits, _ and - are");
    }
}
