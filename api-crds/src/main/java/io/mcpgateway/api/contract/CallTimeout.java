package io.mcpgateway.api.contract;

import java.time.Duration;

/** How long a call of a tool, a prompt or a resource may take, from the request to the end of its answer. */
public final class CallTimeout {
    /** What it is called in config.yaml and in the specs. */
    public static final String MEMBER = "callTimeoutSeconds";

    public static final int MIN_SECONDS = 1;

    /** A day: no session lives longer unless it is told to. */
    public static final int MAX_SECONDS = 86_400;

    /** Where no time is set: how long a server may say nothing, in gateways that know such a limit. */
    public static final Duration SILENCE = Duration.ofMinutes(5);

    private CallTimeout() {}

    public static boolean allows(int seconds) {
        return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
    }

    /** What is wrong with a value that is not allowed; {@code name} is what its giver calls it. */
    public static String problem(String name) {
        return "%s must be between %d and %d".formatted(name, MIN_SECONDS, MAX_SECONDS);
    }
}
