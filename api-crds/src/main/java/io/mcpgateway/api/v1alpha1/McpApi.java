package io.mcpgateway.api.v1alpha1;

/** Names that all kinds of this API have in common. */
public final class McpApi {
    public static final String GROUP = "mcp.kagenti.com";
    public static final String VERSION = "v1alpha1";

    /** The finalizer of every object that still has something to clean up; the domain is the Go project's. */
    public static final String FINALIZER = "mcp.kuadrant.io/finalizer";

    static final String READY_STATUS = ".status.conditions[?(@.type==\"Ready\")].status";
    static final String READY_REASON = ".status.conditions[?(@.type==\"Ready\")].reason";
    static final String AGE = ".metadata.creationTimestamp";

    private McpApi() {}
}
