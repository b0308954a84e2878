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
}
