package io.mcpgateway.controller.trace;

/** Waits for a line that a broker has queued, and that its node has still to write. */
final class Patience {
    private static final int MOST_TRIES = 6;
    private static final long PAUSE_MILLIS = 400;

    /** Looks once. */
    interface Look {
        Surroundings.Logs once() throws InterruptedException;
    }

    private Patience() {}

    /** What the first look found that found an audit line, or the last one; without waiting, the first one. */
    static Surroundings.Logs until(boolean waiting, Look look) throws InterruptedException {
        Surroundings.Logs found = look.once();
        for (int tries = 1; waiting && found.log().audits().isEmpty() && tries < MOST_TRIES; tries++) {
            Thread.sleep(PAUSE_MILLIS);
            found = look.once();
        }
        return found;
    }
}
