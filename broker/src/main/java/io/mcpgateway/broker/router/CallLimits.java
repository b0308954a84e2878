package io.mcpgateway.broker.router;

import java.util.Objects;
import java.util.Optional;

/**
 * How many may be under way at a time. Pure.
 *
 * @param what is counted, as a refusal says it: {@code calls under way}
 * @param perSession {@link #NONE} for any number
 * @param perServer {@link #NONE} for any number
 */
public record CallLimits(String what, int perSession, int perServer) {
    public static final int NONE = 0;

    public CallLimits {
        Objects.requireNonNull(what, "what");
        if (perSession < 0 || perServer < 0) {
            throw new IllegalArgumentException("a limit is positive, or 0 for none");
        }
    }

    /** The limit of this kind, but never none and never more than {@code most}. */
    public static int atMost(int most, int limit) {
        return limit == NONE ? most : Math.min(most, limit);
    }

    /**
     * The answer to one more, if there is no place for it.
     *
     * @param ofSession how many of its session are under way
     * @param ofServer how many of its server are
     */
    public Optional<RouteDecision.Reject> refusal(RunningCall call, int ofSession, int ofServer) {
        if (isReached(perSession, ofSession)) {
            return Optional.of(Refusals.sessionBusy(call.id(), what, perSession));
        }
        return call.server()
                .filter(_ -> isReached(perServer, ofServer))
                .map(server -> Refusals.serverBusy(call.id(), what, server, perServer));
    }

    private static boolean isReached(int limit, int count) {
        return limit != NONE && count >= limit;
    }
}
