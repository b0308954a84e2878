package io.mcpgateway.broker.telemetry;

import java.util.Locale;

/** How a call between the eras ended, or how it stopped waiting for its client. */
public enum BridgedOutcome {
    /** By the server's answer; a wait, by the client's responses. */
    ANSWERED,
    /** The server gave no answer. */
    FAILED,
    /** There are too many of them. */
    REFUSED,
    /** The client wants it no more. */
    CANCELLED,
    /** The client did not come back. */
    TIMED_OUT,
    /** The gateway ends. */
    STOPPED,
    /** The client came back to a call that no replica has. */
    LOST;

    /** As the label has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
