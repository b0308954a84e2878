package io.mcpgateway.broker.limits;

/**
 * How many calls may wait for their clients' responses at a time; 0 for any number.
 *
 * @param perCaller of one caller; callers without credentials, who cannot be told apart, are not counted here
 * @param perServer of all callers together, at one server
 * @param inAll of this process
 */
public record ParkedLimits(int perCaller, int perServer, int inAll) {
    public static final ParkedLimits DEFAULT = new ParkedLimits(32, 256, 2048);

    public ParkedLimits {
        if (perCaller < 0 || perServer < 0 || inAll < 0) {
            throw new IllegalArgumentException("negative limit: " + perCaller + ", " + perServer + ", " + inAll);
        }
    }
}
