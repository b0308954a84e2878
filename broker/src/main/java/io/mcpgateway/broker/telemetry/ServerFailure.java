package io.mcpgateway.broker.telemetry;

import java.util.Locale;

/** How a server failed a call that the router had sent to it. */
public enum ServerFailure {
    /** It did not begin to answer in time. */
    TIMED_OUT,
    /** It does not know the session (any more). */
    SESSION_LOST,
    /** It refuses the caller, or the credential that was sent. */
    UNAUTHORIZED,
    /** It does not take the message, or has nothing at this path. */
    CLIENT_ERROR,
    /** It redirects, or answers a call without a result. */
    UNUSABLE,
    /** It failed itself, or something on the way to it. */
    SERVER_ERROR;

    /** As the label has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
