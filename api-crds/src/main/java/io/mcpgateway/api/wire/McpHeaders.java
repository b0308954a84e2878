package io.mcpgateway.api.wire;

/** Header names of MCP, in lower case as in HTTP/2 and Envoy. */
public final class McpHeaders {
    /** MCP 2025-11-25, Streamable HTTP, "Session Management". */
    public static final String SESSION_ID = "mcp-session-id";
    /** MCP 2025-11-25, Streamable HTTP, "Protocol Version Header". */
    public static final String PROTOCOL_VERSION = "mcp-protocol-version";

    /** MCP 2026-07-28, Streamable HTTP, "Standard Request Headers": the {@code method} of the body. */
    public static final String METHOD = "mcp-method";
    /** The same page: {@code params.name} or {@code params.uri} of the body, perhaps encoded. */
    public static final String NAME = "mcp-name";
    /** MCP 2026-07-28, Streamable HTTP, "Custom Headers from Tool Parameters": what the name of each starts with. */
    public static final String PARAM_PREFIX = "mcp-param-";

    /** WHATWG HTML, "Server-sent events": the event after which a stream continues. */
    public static final String LAST_EVENT_ID = "last-event-id";

    private McpHeaders() {}
}
