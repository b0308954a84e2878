package io.mcpgateway.broker.mcp;

import io.mcpgateway.api.contract.GatewayHeaders;

/** Header names, lower case as HTTP/2 and Envoy have them. */
public final class McpHeaders {
    /** MCP 2025-11-25, Streamable HTTP, "Session Management". */
    public static final String SESSION_ID = "mcp-session-id";
    /** MCP 2025-11-25, Streamable HTTP, "Protocol Version Header". */
    public static final String PROTOCOL_VERSION = "mcp-protocol-version";

    /** WHATWG HTML, "Server-sent events": the event after which a stream is to go on. */
    public static final String LAST_EVENT_ID = "last-event-id";

    public static final String METHOD = GatewayHeaders.METHOD;
    public static final String SERVER_NAME = GatewayHeaders.SERVER_NAME;
    public static final String TOOL_NAME = GatewayHeaders.TOOL_NAME;
    public static final String PROMPT_NAME = GatewayHeaders.PROMPT_NAME;
    public static final String RESOURCE_URI = GatewayHeaders.RESOURCE_URI;
    public static final String ANNOTATION_HINTS = GatewayHeaders.ANNOTATION_HINTS;
    public static final String CLIENT_FEATURES = GatewayHeaders.CLIENT_FEATURES;
    public static final String UPSTREAM_AUTHORIZATION = GatewayHeaders.UPSTREAM_AUTHORIZATION;
    public static final String INIT_HOST = GatewayHeaders.INIT_HOST;
    public static final String ROUTER_KEY = GatewayHeaders.ROUTER_KEY;
    public static final String VIRTUAL_SERVER = GatewayHeaders.VIRTUAL_SERVER;
    public static final String AUTHORIZED_TOOLS = GatewayHeaders.AUTHORIZED_TOOLS;
    public static final String AUTHORIZED_CAPABILITIES = GatewayHeaders.AUTHORIZED_CAPABILITIES;

    /** The value of {@link #SERVER_NAME} for messages that the broker answers itself. */
    public static final String BROKER_SERVER = "mcpBroker";

    private McpHeaders() {}
}
