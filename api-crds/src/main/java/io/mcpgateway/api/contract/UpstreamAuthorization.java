package io.mcpgateway.api.contract;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whose {@code Authorization} the calls to a server carry: {@code spec.upstreamAuthorization.mode} of a registration,
 * {@code upstreamAuthorization} in config.yaml.
 */
public enum UpstreamAuthorization {
    /** None: a token that was issued for the gateway is no business of the server's. */
    NONE("None"),
    /** The caller's own. */
    FORWARD("Forward"),
    /** The credential of the server, whoever calls. */
    SHARED("Shared");

    private final String word;

    UpstreamAuthorization(String word) {
        this.word = word;
    }

    /** As users write it. */
    public String word() {
        return word;
    }

    public static Optional<UpstreamAuthorization> parse(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
