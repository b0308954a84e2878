package io.mcpgateway.broker.listing;

import io.mcpgateway.broker.session.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names, prefix included, some client or model does not take. They are served all the same: others do take them.
 */
public final class NameRule {
    private static final int MOST_IN_MCP = 128;
    private static final int MOST_IN_MODELS = 64;
    private static final Pattern IN_MODELS = Pattern.compile("[A-Za-z0-9_-]+");

    private static final int HASH_LETTERS = 8;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

    private NameRule() {}

    /**
     * A name that models take. It follows from this name alone, so it is the same in every replica and stays the same
     * whatever else is served: what is not allowed becomes {@code _}, and the end is a digest of the whole name.
     */
    public static String safe(String name) {
        if (warning(name).isEmpty()) {
            return name;
        }
        String readable = name.replaceAll("[^A-Za-z0-9_-]+", "_");
        int most = MOST_IN_MODELS - HASH_LETTERS - 1;
        return readable.substring(0, Math.min(readable.length(), most)) + "_" + digest(name);
    }

    private static String digest(String name) {
        byte[] hash = Sha256.fresh().digest(name.getBytes(StandardCharsets.UTF_8));
        StringBuilder letters = new StringBuilder(HASH_LETTERS);
        for (int index = 0; index < HASH_LETTERS; index++) {
            letters.append(LETTERS.charAt(hash[index] & (LETTERS.length() - 1)));
        }
        return letters.toString();
    }

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
