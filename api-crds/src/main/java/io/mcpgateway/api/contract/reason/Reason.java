package io.mcpgateway.api.contract.reason;

import java.util.Objects;

/**
 * A reason, and how much it concerns.
 *
 * @param count of definitions; 1 if it is the server itself
 * @param object what causes it: {@code server team-a/weather}
 */
public record Reason(ReasonCode code, int count, String object) {
    public Reason {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(object, "object");
    }
}
