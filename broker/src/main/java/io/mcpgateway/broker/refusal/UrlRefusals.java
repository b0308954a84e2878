package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;

/** The answers to requests at a URL where they cannot be answered; 404 both. */
public final class UrlRefusals {
    private UrlRefusals() {}

    /**
     * Nothing is at the URL.
     *
     * @param problem names what is unknown
     */
    public static Refusal unknown(JsonRpcId id, String problem) {
        return notFound(id, JsonRpcCodes.INVALID_REQUEST, problem);
    }

    /** As for a session that is over, so that a client whose user gave it another URL begins anew there. */
    static Refusal sessionElsewhere(JsonRpcId id, String path) {
        return notFound(
                id,
                JsonRpcCodes.SESSION_NOT_FOUND,
                "session not found at this URL: it was started at " + path
                        + "; initialize again without Mcp-Session-Id to get a session for this one");
    }

    private static Refusal notFound(JsonRpcId id, int code, String message) {
        return new Refusal(404, MediaTypes.JSON, JsonRpcText.error(id, new JsonRpcError(code, message)));
    }
}
