package io.mcpgateway.api.contract;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whether callers without an {@code Authorization} header share sessions at a legacy server, where the gateway has to keep
 * sessions for clients that have none: {@code anonymousSessions} of a registration and in config.yaml. Callers with a
 * credential only ever share with themselves.
 */
public enum AnonymousSessions {
    /** Each call has a session of its own, which ends with it. */
    PER_CALL("PerCall"),
    /** One session for all of them that declare the same capabilities. */
    SHARED("Shared");

    /** The key in config.yaml. */
    static final String MEMBER = "anonymousSessions";

    private final String word;

    AnonymousSessions(String word) {
        this.word = word;
    }

    /** The value as users write it. */
    public String word() {
        return word;
    }

    /** Empty if it is none of the words. */
    public static Optional<AnonymousSessions> parse(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
