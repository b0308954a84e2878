package io.mcpgateway.controller.conditions;

import java.util.Objects;

/**
 * What a condition should say now. Since when is only known after {@link Conditions#merge merging}.
 *
 * @param met the condition's status, True or False
 * @param reason one CamelCase word, see {@link Reason}
 * @param message for people: names the object and the fix; no secret, no timestamp, no counter that changes by itself
 */
public record Finding(String type, boolean met, String reason, String message) {
    /** Far below the 32768 characters that the API server takes, because brokers quote servers that we do not trust. */
    static final int LONGEST_MESSAGE = 1024;

    public Finding {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE - 3) + "...";
        }
    }

    public static Finding met(String type, String reason, String message) {
        return new Finding(type, true, reason, message);
    }

    public static Finding unmet(String type, String reason, String message) {
        return new Finding(type, false, reason, message);
    }

    /** The same with one more thing to say. */
    public Finding and(String more) {
        return new Finding(type, met, reason, message + "; " + more);
    }

    String status() {
        return met ? "True" : "False";
    }
}
