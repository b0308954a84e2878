package io.mcpgateway.api.contract;

/** Codes of JSON-RPC errors that Envoy says for us as well. */
public final class JsonRpcCodes {
    public static final int INVALID_REQUEST = -32600;
    /** The server behind the gateway could not be reached or refused the session. */
    public static final int SERVER_UNAVAILABLE = -32003;

    private JsonRpcCodes() {}
}
