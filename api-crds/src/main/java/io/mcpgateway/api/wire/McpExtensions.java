package io.mcpgateway.api.wire;

/** Extensions of MCP that the gateway knows more of than their name (MCP 2026-07-28, "Extension Negotiation"). */
public final class McpExtensions {
    /** The member of the capabilities of clients and servers: settings by identifier. */
    public static final String MEMBER = "extensions";

    /** Calls that go on after they were answered (SEP-2663). */
    public static final String TASKS = "io.modelcontextprotocol/tasks";

    /** MCP Apps: tools with a user interface (SEP-1865). */
    public static final String UI = "io.modelcontextprotocol/ui";

    /** What a client that shows user interfaces of MCP Apps declares for {@link #UI}, a JSON object. */
    public static final String UI_OF_CLIENTS = "{\"mimeTypes\":[\"text/html;profile=mcp-app\"]}";

    private McpExtensions() {}
}
