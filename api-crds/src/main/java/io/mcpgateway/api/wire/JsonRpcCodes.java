package io.mcpgateway.api.wire;

/** Codes of JSON-RPC errors (JSON-RPC 2.0, section 5.1, and MCP), for the broker and for Envoy's own responses. */
public final class JsonRpcCodes {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;

    /** MCP 2025-11-25 and SDKs: the request's session is unknown or has ended. */
    public static final int SESSION_NOT_FOUND = -32001;

    /** MCP 2025-11-25, "Resources": no resource with this URI. */
    public static final int RESOURCE_NOT_FOUND = -32002;

    /** The server behind the gateway could not be reached, or refused the session. */
    public static final int SERVER_UNAVAILABLE = -32003;

    /** MCP 2026-07-28, Streamable HTTP, "Server Validation": a header is missing, or says something else than the body. */
    public static final int HEADER_MISMATCH = -32020;

    /** MCP 2026-07-28, "Error Codes": the request needs something that its client does not declare. */
    public static final int MISSING_CLIENT_CAPABILITY = -32021;

    /** MCP 2026-07-28, "Versioning": the request names a revision that is not served. */
    public static final int UNSUPPORTED_REVISION = -32022;

    /** MCP 2025-11-25, "Sampling": the user refused. */
    public static final int DECLINED = -1;

    private JsonRpcCodes() {}
}
