package io.mcpgateway.controller.conditions;

import java.util.Objects;

/**
 * What is wrong, in words that stay the same as long as it is the same trouble, whatever the message says meanwhile.
 *
 * @param code the reason of the Event
 * @param object what causes it
 * @param failure whether something that has answered before does not answer now
 */
public record Cause(String code, String object, boolean failure) {
    public Cause {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(object, "object");
    }
}
