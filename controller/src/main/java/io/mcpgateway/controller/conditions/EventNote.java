package io.mcpgateway.controller.conditions;

import java.util.Objects;

/** An Event that the shell should record about the object that is being reconciled. */
public record EventNote(Severity severity, String reason, String message) {
    /** The two types of Kubernetes Events. */
    public enum Severity {
        NORMAL,
        WARNING
    }

    /** The API server refuses longer notes. */
    private static final int LONGEST_MESSAGE = 1024;

    public EventNote {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE - 3) + "...";
        }
    }

    public static EventNote warning(String reason, String message) {
        return new EventNote(Severity.WARNING, reason, message);
    }
}
