package io.mcpgateway.api.wire;

/** {@code _meta} and its keys that belong to MCP itself (MCP 2026-07-28, "General fields", {@code _meta}). */
public final class McpMeta {
    /** The member of {@code params} and of results. */
    public static final String MEMBER = "_meta";

    /** On requests: what a progress notification names. It has no prefix, and legacy revisions have it too. */
    public static final String PROGRESS_TOKEN = "progressToken";

    /** Every key of the protocol itself. What has it is about one hop, so the gateway makes it anew for the next one. */
    public static final String PREFIX = "io.modelcontextprotocol/";

    /** On requests: the revision. */
    public static final String PROTOCOL_VERSION = PREFIX + "protocolVersion";
    /** On requests: name and version of the client's program. */
    public static final String CLIENT_INFO = PREFIX + "clientInfo";
    /** On requests: what the client can be asked for. */
    public static final String CLIENT_CAPABILITIES = PREFIX + "clientCapabilities";
    /** On requests: the least severe log message that the client wants to get while the request runs. */
    public static final String LOG_LEVEL = PREFIX + "logLevel";

    /** On results: name and version of the server's program. */
    public static final String SERVER_INFO = PREFIX + "serverInfo";
    /** On notifications of a {@code subscriptions/listen}: the ID of that request. */
    public static final String SUBSCRIPTION_ID = PREFIX + "subscriptionId";

    private McpMeta() {}
}
