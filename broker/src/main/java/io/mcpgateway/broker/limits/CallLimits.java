package io.mcpgateway.broker.limits;

/**
 * How many calls may be in progress at a time; 0 for any number.
 *
 * @param perSession of one client
 * @param perServer of all clients together, to one server
 */
public record CallLimits(int perSession, int perServer) {
    /** The flag of the broker and of {@code envoy-config} that sets the limit per server. */
    public static final String FLAG_PER_SERVER = "--max-calls-per-server";

    public CallLimits {
        if (perSession < 0 || perServer < 0) {
            throw new IllegalArgumentException("negative limit: " + perSession + ", " + perServer);
        }
    }

    /** The same, but no server has more than {@code most}. */
    public CallLimits withServersAtMost(int most) {
        return new CallLimits(perSession, perServer == 0 ? most : Math.min(perServer, most));
    }
}
