package io.mcpgateway.broker.mcp;

/** Header names, lower case as HTTP/2 and Envoy have them. */
public final class McpHeaders {
    /** MCP 2025-11-25, Streamable HTTP, "Session Management". */
    public static final String SESSION_ID = "mcp-session-id";
    /** MCP 2025-11-25, Streamable HTTP, "Protocol Version Header". */
    public static final String PROTOCOL_VERSION = "mcp-protocol-version";

    /** Set by the router for policies and backends; never accepted from a client. */
    public static final String METHOD = "x-mcp-method";

    public static final String SERVER_NAME = "x-mcp-servername";
    public static final String TOOL_NAME = "x-mcp-toolname";
    public static final String PROMPT_NAME = "x-mcp-promptname";
    public static final String RESOURCE_URI = "x-mcp-resourceuri";
    public static final String ANNOTATION_HINTS = "x-mcp-annotation-hints";

    /**
     * What the client can be asked, on the calls of clients that can be: names as in {@code capabilities}, separated by
     * commas. Envoy lets the answers to such calls pass through the router if they are streams.
     */
    public static final String CLIENT_FEATURES = "x-mcp-client-features";

    /** Where the broker's own initialize of a backend is to go, with the token that allows it. */
    public static final String INIT_HOST = "mcp-init-host";

    public static final String ROUTER_KEY = "router-key";

    /** Chosen by a client: {@code namespace/name} of a virtual server. */
    public static final String VIRTUAL_SERVER = "x-mcp-virtualserver";
    /** Signed by the auth layer: the tools that this caller may see; or everything that it may see. */
    public static final String AUTHORIZED_TOOLS = "x-authorized-tools";

    public static final String AUTHORIZED_CAPABILITIES = "x-mcp-authorized";

    /** The value of {@link #SERVER_NAME} for messages that the broker answers itself. */
    public static final String BROKER_SERVER = "mcpBroker";

    private McpHeaders() {}
}
