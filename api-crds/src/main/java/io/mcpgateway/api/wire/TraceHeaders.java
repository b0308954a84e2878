package io.mcpgateway.api.wire;

/**
 * Where a trace is said to go on: headers of W3C Trace Context, in lower case. MCP reserves the same names in {@code
 * params._meta} (SEP-414).
 */
public final class TraceHeaders {
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    private TraceHeaders() {}
}
