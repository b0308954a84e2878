package io.mcpgateway.api.contract;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which {@code Authorization} header calls to a server have: {@code spec.upstreamAuthorization.mode} of a registration,
 * {@code upstreamAuthorization} in config.yaml.
 */
public enum UpstreamAuthorization {
    /** None: a token that was issued for the gateway is not meant for the server. */
    NONE("None"),
    /** The caller's own. */
    FORWARD("Forward"),
    /** The server's credential, for every caller. */
    SHARED("Shared");

    private final String word;

    UpstreamAuthorization(String word) {
        this.word = word;
    }

    /** The value as users write it. */
    public String word() {
        return word;
    }

    public static Optional<UpstreamAuthorization> parse(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
