package io.mcpgateway.api.contract;

import java.time.Duration;

/** How long a call of a tool, a prompt or a resource may take, from the request to the end of the response. */
public final class CallTimeout {
    /** Its name in config.yaml and in the specs. */
    public static final String MEMBER = "callTimeoutSeconds";

    public static final int MIN_SECONDS = 1;

    /** A day, the default lifetime of a session. */
    public static final int MAX_SECONDS = 86_400;

    /** If no limit is set: how long a server may send nothing, in gateways that have such a limit. */
    public static final Duration SILENCE = Duration.ofMinutes(5);

    private CallTimeout() {}

    public static boolean allows(int seconds) {
        return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
    }

    /** The error for a value that is not allowed; {@code name} is the name of the setting as the user knows it. */
    public static String problem(String name) {
        return "%s must be between %d and %d".formatted(name, MIN_SECONDS, MAX_SECONDS);
    }
}
