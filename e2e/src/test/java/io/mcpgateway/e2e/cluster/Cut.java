package io.mcpgateway.e2e.cluster;

/** Where the life of a controller ends, seen from the writes that it sends to the API server. */
enum Cut {
    /** Three writes are done and answered; the next one never arrives. */
    BEFORE_APPLIED("before a write is applied", 3),
    /** The first write is done, and its answer never arrives. */
    AFTER_APPLIED("after a write is applied, before its answer", 0),
    /** It lives. */
    NONE("nowhere", Integer.MAX_VALUE);

    private final String text;
    private final int answered;

    Cut(String text, int answered) {
        this.text = text;
        this.answered = answered;
    }

    /** How many writes are done and answered before. */
    int answered() {
        return answered;
    }

    @Override
    public String toString() {
        return text;
    }
}
