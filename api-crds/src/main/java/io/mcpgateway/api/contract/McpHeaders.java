package io.mcpgateway.api.contract;

/** Header names of MCP, in lower case as in HTTP/2 and Envoy. */
public final class McpHeaders {
    /** MCP 2025-11-25, Streamable HTTP, "Session Management". */
    public static final String SESSION_ID = "mcp-session-id";
    /** MCP 2025-11-25, Streamable HTTP, "Protocol Version Header". */
    public static final String PROTOCOL_VERSION = "mcp-protocol-version";

    /** WHATWG HTML, "Server-sent events": the event after which a stream continues. */
    public static final String LAST_EVENT_ID = "last-event-id";

    private McpHeaders() {}
}
