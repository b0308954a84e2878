package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import java.time.Duration;
import java.util.Optional;

/** Every answer of the router itself: its status, its JSON-RPC error, and what the client can do about it. */
public final class Refusals {
    private static final int SHOWN_NAME = 128;
    private static final int SHOWN_URI = 2048;

    private Refusals() {}

    public static Refusal bodyMissing() {
        return reject(400, JsonRpcId.NONE, JsonRpcCodes.PARSE_ERROR, "the body is empty; send one JSON-RPC message");
    }

    public static Refusal bodyTooLarge(int maxBodyBytes) {
        return reject(
                413,
                JsonRpcId.NONE,
                JsonRpcCodes.INVALID_REQUEST,
                "request body too large: at most " + maxBodyBytes + " bytes are accepted");
    }

    /**
     * The headers do not let the message be read as we read it.
     *
     * @param problem what {@link io.mcpgateway.broker.mcp.MessageMedia} says
     */
    public static Refusal contentType(JsonRpcId id, String problem) {
        return reject(415, id, JsonRpcCodes.INVALID_REQUEST, problem);
    }

    static Refusal headerRepeated(JsonRpcId id, String name) {
        return reject(
                400,
                id,
                JsonRpcCodes.INVALID_REQUEST,
                "the header " + JsonText.excerpt(name, SHOWN_NAME) + " is given more than once; send it once");
    }

    static Refusal revisionsDiffer(JsonRpcId id) {
        return reject(
                400,
                id,
                JsonRpcCodes.INVALID_REQUEST,
                "MCP-Protocol-Version is given with different values; send the revision that initialize agreed on");
    }

    static Refusal revisionUnknown(JsonRpcId id, ServedRevisions served) {
        return reject(
                400,
                id,
                JsonRpcCodes.INVALID_REQUEST,
                "unsupported MCP-Protocol-Version; supported: "
                        + String.join(", ", served.newestFirst().reversed()));
    }

    /** No detail on purpose: whoever holds no valid token learns nothing about them. */
    public static Refusal routerToken() {
        return routerToken(403, "the router token is not valid");
    }

    /** A request that needs a router token is refused for another reason. */
    public static Refusal routerToken(int status, String message) {
        return reject(status, JsonRpcId.NONE, JsonRpcCodes.INVALID_REQUEST, message);
    }

    static Refusal origin(JsonRpcId id, String origin) {
        return reject(
                403,
                id,
                JsonRpcCodes.INVALID_REQUEST,
                "Origin not allowed: '" + JsonText.excerpt(origin, SHOWN_NAME)
                        + "'. Web pages may use this gateway if they come from its own host or are listed in"
                        + " --allowed-origins (protection against DNS rebinding)");
    }

    public static Refusal malformed(JsonRpcError error, JsonRpcId id) {
        return new Refusal(400, MediaTypes.JSON, JsonRpcText.error(id, error));
    }

    public static Refusal callWithoutId(String method) {
        return reject(
                400,
                JsonRpcId.NONE,
                JsonRpcCodes.INVALID_REQUEST,
                method + " is a request: the member 'id' is missing");
    }

    public static Refusal sessionMissing(JsonRpcId id) {
        return reject(
                400,
                id,
                JsonRpcCodes.INVALID_REQUEST,
                "no session ID found: send the header Mcp-Session-Id that initialize returned");
    }

    static Refusal sessionExpired(JsonRpcId id) {
        return reject(
                404,
                id,
                JsonRpcCodes.SESSION_NOT_FOUND,
                "session expired: initialize again without Mcp-Session-Id to get a new session");
    }

    /** Not the client's fault, and not for ever. */
    static Refusal sessionUnconfirmed(JsonRpcId id) {
        return reject(
                503,
                id,
                JsonRpcCodes.SERVER_UNAVAILABLE,
                "the session store is not available, so the session cannot be checked; try again in a moment");
    }

    /** The same for unknown, ended and foreign sessions: nobody learns which of them a token is. */
    static Refusal sessionNotFound(JsonRpcId id) {
        return reject(
                404,
                id,
                JsonRpcCodes.SESSION_NOT_FOUND,
                "session not found: initialize again without Mcp-Session-Id to get a new session");
    }

    public static Refusal viewRefused(JsonRpcId id, String reason) {
        return reject(400, id, JsonRpcCodes.INVALID_PARAMS, reason);
    }

    public static Refusal nameMissing(JsonRpcId id, CapabilityKind kind) {
        return reject(
                200,
                id,
                JsonRpcCodes.INVALID_PARAMS,
                "params.name must be the name of a " + kind.noun() + ", a non-empty string");
    }

    public static Refusal uriMissing(JsonRpcId id) {
        return reject(
                200, id, JsonRpcCodes.INVALID_PARAMS, "params.uri must be the URI of a resource, a non-empty string");
    }

    public static Refusal referenceMissing(JsonRpcId id) {
        return reject(
                200,
                id,
                JsonRpcCodes.INVALID_PARAMS,
                "params.ref must be {\"type\":\"ref/prompt\",\"name\":...} or {\"type\":\"ref/resource\",\"uri\":...}");
    }

    /** What is hidden gets the same words as what does not exist. */
    public static Refusal unknownName(JsonRpcId id, CapabilityKind kind, String name) {
        return reject(
                200,
                id,
                JsonRpcCodes.INVALID_PARAMS,
                "Unknown " + kind.noun() + ": " + JsonText.excerpt(name, SHOWN_NAME));
    }

    /** MCP 2025-11-25, "Resources", "Error Handling". */
    public static Refusal unknownResource(JsonRpcId id, String uri) {
        JsonRpcError error = new JsonRpcError(JsonRpcCodes.RESOURCE_NOT_FOUND, "Resource not found");
        RawJson data = RawJson.of("{\"uri\":" + JsonText.quote(JsonText.excerpt(uri, SHOWN_URI)) + "}");
        return new Refusal(200, MediaTypes.JSON, JsonRpcText.error(id, error, data));
    }

    /** The same for ids that are no ours and those of other sessions. */
    public static Refusal strayReply() {
        return reject(
                400,
                JsonRpcId.NONE,
                JsonRpcCodes.INVALID_REQUEST,
                "this reply does not match a request that a server made in this session; its id must be that of the"
                        + " request");
    }

    /** Not 404, which would tell the client that its own session is over. */
    public static Refusal askerGone() {
        return reject(
                400,
                JsonRpcId.NONE,
                JsonRpcCodes.INVALID_REQUEST,
                "the server that made this request has ended the session it was made in");
    }

    /**
     * 200, because the client's session is fine and the call was answered: some official clients end their whole
     * session at any other status.
     */
    public static Refusal sessionLost(JsonRpcId id, String server) {
        return reject(
                200,
                id,
                JsonRpcCodes.SERVER_UNAVAILABLE,
                "server " + server + " no longer knows its session; the call was not executed: repeat it, the gateway"
                        + " opens a new session");
    }

    public static Refusal noSuchPath(Optional<JsonRpcId> call, Era era, String server, int status) {
        return unusable(call, era, "server " + server + " answered HTTP " + status + ": is the path of its URL right?");
    }

    public static Refusal redirected(Optional<JsonRpcId> call, Era era, String server, int status) {
        return unusable(
                call,
                era,
                "server " + server + " answered HTTP " + status
                        + ", a redirect, which is not followed: its registration must name the final URL");
    }

    public static Refusal emptyAnswer(Optional<JsonRpcId> call, Era era, String server, int status) {
        return unusable(call, era, "server " + server + " answered HTTP " + status + " without a result");
    }

    public static Refusal credentialRefused(
            Optional<JsonRpcId> call, Era era, String server, int status, UpstreamAuthorization sent) {
        String whose = switch (sent) {
            case SHARED ->
                "it refused the credential of its registration, which all callers share; its owner has to renew it";
            case NONE, FORWARD ->
                "the gateway does not send it the caller's token; if it needs one, its owner has to set"
                        + " upstreamAuthorization to Forward or Shared";
        };
        return unusable(call, era, "server " + server + " answered HTTP " + status + ": " + whose);
    }

    public static Refusal timedOut(Optional<JsonRpcId> call, Era era, String server, Optional<Duration> limit) {
        String within = limit.map(set -> " within " + set.toSeconds() + " s, the limit set by " + CallTimeout.MEMBER)
                .orElse(" in time; set " + CallTimeout.MEMBER + " of its registration to allow longer calls");
        return reject(
                504,
                call.orElse(JsonRpcId.NONE),
                unavailable(era),
                "server " + server + " did not answer" + within + "; the call may have been executed");
    }

    private static Refusal unusable(Optional<JsonRpcId> call, Era era, String message) {
        return reject(502, call.orElse(JsonRpcId.NONE), unavailable(era), message);
    }

    /** MCP 2026-07-28, "Error Codes": nobody should use the codes from -32000 to -32019 any more. */
    public static int unavailable(Era era) {
        return switch (era) {
            case Era.Legacy _ -> JsonRpcCodes.SERVER_UNAVAILABLE;
            case Era.Modern _ -> JsonRpcCodes.INTERNAL_ERROR;
        };
    }

    public static Refusal serverFailed(JsonRpcId id, int status, String message) {
        int errorStatus = status >= 400 && status <= 599 ? status : 502;
        return reject(errorStatus, id, JsonRpcCodes.SERVER_UNAVAILABLE, message);
    }

    /**
     * Not now; 429 tells clients and what is between that trying again later is right.
     *
     * @param text names what there are too many calls of, and the limit
     */
    public static Refusal tooManyCalls(JsonRpcId id, String text) {
        return reject(429, id, JsonRpcCodes.SERVER_UNAVAILABLE, text);
    }

    /** The same for a client of this era. */
    public static Refusal tooManyCalls(JsonRpcId id, Era era, String text) {
        return reject(429, id, unavailable(era), text);
    }

    /** Nothing is done that the audit log does not say. */
    public static Refusal unrecorded(JsonRpcId id, Era era) {
        return reject(
                503,
                id,
                unavailable(era),
                "the audit log does not take the line of this call, so the call was not made; try again later");
    }

    private static Refusal reject(int status, JsonRpcId id, int code, String message) {
        return new Refusal(status, MediaTypes.JSON, JsonRpcText.error(id, new JsonRpcError(code, message)));
    }
}
