package io.mcpgateway.e2e.words;

/** How a server answers clients' tool calls and the initialization of their sessions. */
public enum Conduct {
    WELL,
    SLOWLY,
    UNAUTHORIZED,
    MALFORMED,
    HTML,
    LARGE_EVENT,
    /** The headers of a response, and nothing after them. */
    HANG,
    /** The same, but only for initialize. */
    HANG_AT_START
}
