package io.mcpgateway.e2e.cluster;

/** When a controller is cut off, by the writes that it sends to the API server. */
enum Cut {
    /** Three writes succeed; the next one never arrives. */
    BEFORE_APPLIED("before a write is applied", 3),
    /** The first write is done, but its response never arrives. */
    AFTER_APPLIED("after a write is applied, before its answer", 0),
    /** Never. */
    NONE("nowhere", Integer.MAX_VALUE);

    private final String text;
    private final int answered;

    Cut(String text, int answered) {
        this.text = text;
        this.answered = answered;
    }

    /** The number of writes that succeed before. */
    int answered() {
        return answered;
    }

    @Override
    public String toString() {
        return text;
    }
}
