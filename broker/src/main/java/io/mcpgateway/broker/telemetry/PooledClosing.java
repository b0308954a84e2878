package io.mcpgateway.broker.telemetry;

import java.util.Locale;

/** Why a session of the pool is closed. */
public enum PooledClosing {
    /** Its caller has no credential, so it was for one call. */
    CALL_OVER,
    /** Nobody used it for a while. */
    IDLE,
    /** Another one needed its place. */
    EVICTED,
    /** The server does not know it any more. */
    LOST,
    /** The gateway ends. */
    STOPPED;

    /** As the label has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
