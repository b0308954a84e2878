package io.mcpgateway.e2e.scale.picture;

/** What is measured at each point of a curve. The name of a constant is its key in the raw data. */
public enum Figure {
    LIST_P50("tools/list, p50", "ms"),
    LIST_P99("tools/list, p99", "ms"),
    LIST_KIB("size of the list", "KiB"),
    LIST_CPU("CPU per list", "µs"),
    CALL_P50("tools/call, p50", "ms"),
    CALL_P99("tools/call, p99", "ms"),
    CALL_RATE("calls per second", "1/s"),
    CALL_CPU("CPU per call", "µs"),
    FIRST_P50("first call of a session, p50", "ms"),
    FIRST_P99("first call of a session, p99", "ms"),
    OPEN_P50("opening a session, p50", "ms"),
    HEAP("heap after GC", "MiB"),
    RESIDENT("resident memory", "MiB"),
    CHANGE("change until listed", "s"),
    START("start until listed", "s"),
    READY("until all are Ready", "s"),
    REQUESTS("requests to the API server for each", ""),
    ERRORS("errors", "");

    private final String label;
    private final String unit;

    Figure(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** In words; CPU time is that of the broker. */
    public String label() {
        return label;
    }

    /** Empty for a count. */
    public String unit() {
        return unit;
    }
}
