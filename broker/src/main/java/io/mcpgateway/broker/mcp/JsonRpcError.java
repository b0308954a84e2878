package io.mcpgateway.broker.mcp;

import io.mcpgateway.api.contract.JsonRpcCodes;
import java.util.Objects;

/** A JSON-RPC error object (code and message; section 5.1 of the JSON-RPC 2.0 specification). */
public record JsonRpcError(int code, String message) {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = JsonRpcCodes.INVALID_REQUEST;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;
    /** MCP 2025-11-25 and SDKs: the session named by the request is not known (any more). */
    public static final int SESSION_NOT_FOUND = -32001;
    /** MCP 2025-11-25, "Resources": no resource of this URI. */
    public static final int RESOURCE_NOT_FOUND = -32002;
    /** MCP 2026-07-28, "Versioning": the request names a revision that is not served. */
    public static final int UNSUPPORTED_REVISION = -32022;
    /** The server behind the gateway could not be reached or refused the session. */
    public static final int BACKEND_UNAVAILABLE = JsonRpcCodes.SERVER_UNAVAILABLE;

    public JsonRpcError {
        Objects.requireNonNull(message, "message");
    }
}
