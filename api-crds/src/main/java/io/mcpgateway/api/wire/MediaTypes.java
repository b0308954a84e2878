package io.mcpgateway.api.wire;

/** The two media types of messages in MCP 2025-11-25, Streamable HTTP. */
public final class MediaTypes {
    public static final String JSON = "application/json";

    /** WHATWG HTML, "Server-sent events". */
    public static final String EVENT_STREAM = "text/event-stream";

    /** What an MCP client must accept with a POST. */
    public static final String JSON_OR_EVENT_STREAM = JSON + ", " + EVENT_STREAM;

    private MediaTypes() {}
}
