package io.mcpgateway.broker.warmup;

/**
 * Whether rounds still become faster. Compilers work in steps, so some rounds in a row have to be no faster than the one
 * that was.
 *
 * @param rounds so far
 * @param best how long the last one took that was faster than those before, in nanoseconds
 * @param since how many rounds ago that was
 */
record Convergence(int rounds, long best, int since) {
    static final Convergence NONE = new Convergence(0, Long.MAX_VALUE, 0);

    private static final int FEWEST = 60;
    private static final int PATIENCE = 20;

    /** In hundredths: less is the machine's mood. */
    private static final int FASTER = 98;

    Convergence after(long nanos) {
        return nanos < best / 100 * FASTER
                ? new Convergence(rounds + 1, nanos, 0)
                : new Convergence(rounds + 1, best, since + 1);
    }

    boolean reached() {
        return rounds >= FEWEST && since >= PATIENCE;
    }
}
