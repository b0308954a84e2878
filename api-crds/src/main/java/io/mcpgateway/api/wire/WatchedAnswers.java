package io.mcpgateway.api.wire;

/**
 * Which responses of servers the router has to see. Envoy only shows it these, so an ordinary call needs no second
 * message exchange. {@code ResponseRouter} in the broker decides what each status means; a status that is added there
 * must be added here too.
 */
public final class WatchedAnswers {
    /** The statuses, as an expression that must match completely. */
    public static final String STATUSES = "3[0-9]{2}|40[0134]|410|50[04]";

    /** Valid for a notification, but not for a call. */
    public static final String EMPTY_STATUSES = "20[245]";

    private WatchedAnswers() {}
}
