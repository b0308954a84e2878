package io.mcpgateway.api.contract;

/** Header names, lower case as HTTP/2 and Envoy have them. */
public final class McpHeaders {
    /** MCP 2025-11-25, Streamable HTTP, "Session Management". */
    public static final String SESSION_ID = "mcp-session-id";
    /** MCP 2025-11-25, Streamable HTTP, "Protocol Version Header". */
    public static final String PROTOCOL_VERSION = "mcp-protocol-version";

    /** WHATWG HTML, "Server-sent events": the event after which a stream is to go on. */
    public static final String LAST_EVENT_ID = "last-event-id";

    private McpHeaders() {}
}
