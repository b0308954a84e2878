package io.mcpgateway.api.contract;

/**
 * Which answers of servers the router has to see. Envoy shows it these only, so an ordinary call costs no second
 * exchange. The table of what each status means is {@code ResponseRouter} in the broker; a status that gets a row there
 * belongs here as well.
 */
public final class WatchedAnswers {
    /** Statuses, as an expression that has to match the whole of them. */
    public static final String STATUSES = "3[0-9]{2}|40[0134]|410|50[04]";

    /** Fine for a notification, but no answer to a call. */
    public static final String EMPTY_STATUSES = "20[245]";

    private WatchedAnswers() {}
}
