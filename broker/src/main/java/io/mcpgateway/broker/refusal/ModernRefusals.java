package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;

/** The refusals that only MCP 2026-07-28 and later know, and those that have another code there. */
public final class ModernRefusals {
    private static final int SHOWN_TEXT = 128;
    private static final int SHOWN_URI = 2048;

    private ModernRefusals() {}

    /**
     * Streamable HTTP, "Server Validation".
     *
     * @param problem what is wrong with which header
     */
    public static Refusal headerMismatch(JsonRpcId id, String problem) {
        return reject(400, id, JsonRpcCodes.HEADER_MISMATCH, "Header mismatch: " + problem);
    }

    /** Streamable HTTP, "Protocol Version Header". The session that 404 ended in older revisions does not exist here. */
    public static Refusal methodNotFound(JsonRpcId id, String method) {
        return reject(
                404, id, JsonRpcCodes.METHOD_NOT_FOUND, "Method not found: " + JsonText.excerpt(method, SHOWN_TEXT));
    }

    /** Streamable HTTP, "Sending Messages". */
    public static Refusal reply() {
        return reject(
                400,
                JsonRpcId.NONE,
                JsonRpcCodes.INVALID_REQUEST,
                "clients send no replies since MCP 2026-07-28: what a server asked for goes into inputResponses of the"
                        + " same request, sent again");
    }

    /** "General fields", {@code _meta}. */
    static Refusal metaMissing(JsonRpcId id, String key, String type) {
        return reject(400, id, JsonRpcCodes.INVALID_PARAMS, "params._meta must have the member '" + key + "', " + type);
    }

    /** "Multi Round-Trip Requests": the same for what was never sealed here, is another caller's, another call's, or too old. */
    public static Refusal stateNotValid(JsonRpcId id) {
        return reject(
                200,
                id,
                JsonRpcCodes.INVALID_PARAMS,
                "params.requestState is not one that this gateway gave out for this call to this caller, or is too old;"
                        + " make the call again without it");
    }

    /** SEP-2663, "Error Handling": the same for what does not exist, is another caller's, or hidden. */
    public static Refusal unknownTask(JsonRpcId id) {
        return reject(200, id, JsonRpcCodes.INVALID_PARAMS, "Task not found");
    }

    /** The task may still be there: its tool is seen again when its server is. */
    public static Refusal taskOutOfReach(JsonRpcId id, String server) {
        return reject(
                200,
                id,
                JsonRpcCodes.INTERNAL_ERROR,
                "server " + server + " does not list the tool of this task at the moment; try again later");
    }

    /** SEP-2663, "Capability Negotiation". */
    public static Refusal tasksNotDeclared(JsonRpcId id) {
        JsonRpcError error = new JsonRpcError(
                JsonRpcCodes.MISSING_CLIENT_CAPABILITY,
                "Missing required client capability: declare the extension " + McpExtensions.TASKS
                        + " with each request");
        RawJson data = RawJson.of(
                "{\"requiredCapabilities\":{\"" + McpExtensions.MEMBER + "\":{\"" + McpExtensions.TASKS + "\":{}}}}");
        return new Refusal(400, MediaTypes.JSON, JsonRpcText.error(id, error, data));
    }

    /** "Resources", "Error Handling": what is hidden gets the same words as what does not exist. */
    public static Refusal unknownResource(JsonRpcId id, String uri) {
        JsonRpcError error = new JsonRpcError(JsonRpcCodes.INVALID_PARAMS, "Resource not found");
        RawJson data = RawJson.of("{\"uri\":" + JsonText.quote(JsonText.excerpt(uri, SHOWN_URI)) + "}");
        return new Refusal(200, MediaTypes.JSON, JsonRpcText.error(id, error, data));
    }

    private static Refusal reject(int status, JsonRpcId id, int code, String message) {
        return new Refusal(status, MediaTypes.JSON, JsonRpcText.error(id, new JsonRpcError(code, message)));
    }
}
