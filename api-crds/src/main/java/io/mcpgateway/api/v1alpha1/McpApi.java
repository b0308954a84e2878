package io.mcpgateway.api.v1alpha1;

/** Names that all kinds of this API have in common. */
public final class McpApi {
    public static final String GROUP = "mcp.kagenti.com";
    public static final String VERSION = "v1alpha1";
    public static final String GATEWAY_API_GROUP = "gateway.networking.k8s.io";

    /** The finalizer of every object that still has something to clean up; the domain is the Go project's. */
    public static final String FINALIZER = "mcp.kuadrant.io/finalizer";

    static final String READY_STATUS = ".status.conditions[?(@.type==\"Ready\")].status";
    static final String READY_REASON = ".status.conditions[?(@.type==\"Ready\")].reason";
    static final String AGE = ".metadata.creationTimestamp";

    /** Kubernetes' rule for the names of most objects (RFC 1123 subdomain). */
    static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** A namespace (RFC 1123 label), or empty for the object's own. */
    static final String NAMESPACE_OR_EMPTY = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$";

    static final int MAX_NAME = 253;
    static final int MAX_NAMESPACE = 63;

    private McpApi() {}
}
