package io.mcpgateway.broker.limits;

/**
 * How many calls may be in progress at a time; 0 for any number.
 *
 * @param perSession of one client
 * @param perServer of all clients together, to one server
 */
public record CallLimits(int perSession, int perServer) {
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
