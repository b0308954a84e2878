package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.call.CallOutcome;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a modern client gets where its server gave no answer for it. {@code data.reason} is for programs. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** The state is not one of this request. */
    static HttpAnswer foreignState(JsonRpcId id) {
        return invalid(id, "params.requestState does not belong to this request of this caller");
    }

    /** The state was used. */
    static HttpAnswer usedState(JsonRpcId id) {
        return invalid(id, "params.requestState was used already; each one is good for one request");
    }

    static HttpAnswer invalid(JsonRpcId id, String problem) {
        return HttpAnswer.error(200, id, new JsonRpcError(JsonRpcCodes.INVALID_PARAMS, problem));
    }

    /** Nobody knows the call any more. */
    static HttpAnswer lost(JsonRpcId id) {
        return failed(
                200,
                id,
                "callLost",
                "the call that waited for this input was lost: it may have been executed in part; start it again");
    }

    /** Its replica ended before it answered; Envoy asks this one then. */
    static HttpAnswer replicaEnded(JsonRpcId id) {
        return failed(
                502,
                id,
                "callLost",
                "the gateway's replica that made this call has ended; the call may have been executed");
    }

    static HttpAnswer expired(JsonRpcId id, Duration patience) {
        return failed(
                200,
                id,
                "callExpired",
                "the call waited " + patience.toSeconds()
                        + " s for this input and was cancelled: it may have been executed in part; start it again");
    }

    static HttpAnswer stopping(JsonRpcId id) {
        return failed(503, id, "gatewayStops", "the gateway stops; the call may have been executed in part");
    }

    static HttpAnswer bug(JsonRpcId id) {
        return failed(500, id, "internalError", "internal error; the call may have been executed");
    }

    /** The server was found to speak the client's revision while the request was on its way. */
    static HttpAnswer otherEra(JsonRpcId id, String server) {
        return failed(
                503,
                id,
                "serverChanged",
                "server " + server + " now speaks the revision of this request, which the broker does not forward; the"
                        + " call was not executed: repeat it");
    }

    static HttpAnswer tooMany(JsonRpcId id, String message) {
        return failed(429, id, "tooMany", message);
    }

    /** The server asked, but the call may not wait: it was cancelled. */
    static HttpAnswer cannotWait(JsonRpcId id, String server, String limit) {
        return failed(
                429,
                id,
                "tooMany",
                "server " + server + " asks for input, but " + limit
                        + "; the call was cancelled and may have been executed in part");
    }

    /** A reply did not reach the server. */
    static HttpAnswer notPassedOn(JsonRpcId id, String server, String why) {
        return failed(
                502,
                id,
                "inputNotDelivered",
                "the input could not be passed on to server " + server + " (" + why
                        + "); the call was cancelled and may have been executed in part");
    }

    static HttpAnswer urlsDeclined(JsonRpcId id, String server) {
        return failed(
                200,
                id,
                "declined",
                "the user did not agree to open what server " + server + " requires; the call was not executed");
    }

    /** MCP 2026-07-28, "Error Codes". */
    static HttpAnswer needsUrls(JsonRpcId id, String server) {
        return HttpAnswer.json(
                400,
                JsonRpcText.error(
                        id,
                        new JsonRpcError(
                                JsonRpcCodes.MISSING_CLIENT_CAPABILITY,
                                "server " + server + " needs a client that supports elicitation by URL"),
                        RawJson.of("{\"requiredCapabilities\":{\"elicitation\":{\"url\":{}}}}")));
    }

    /** No session, so no call. */
    static HttpAnswer notOpened(ClientsCall call, McpOutcome.Failure failure) {
        log.warn("server session failed server={} cause={}", call.serverName(), failure.message());
        String server = "server " + call.serverName();
        return switch (failure) {
            case McpOutcome.HttpFailure(int status, String _, String _, boolean _)
            when status == 401 || status == 403 -> refused(call, status, Optional.empty());
            case McpOutcome.HttpFailure(int status, String _, String _, boolean _) ->
                unavailable(call, clientStatus(status), server + " answered initialize with HTTP " + status);
            case McpOutcome.Timeout _ -> unavailable(call, 504, server + " did not answer initialize in time");
            // The gateway's own address is behind "unreachable", and a server's words are not ours to repeat.
            case McpOutcome.Unreachable _ -> unavailable(call, 502, server + " is not reachable through the gateway");
            case McpOutcome.RpcError(int code, String _) ->
                unavailable(call, 502, server + " answered initialize with error " + code);
            case McpOutcome.SessionLost _, McpOutcome.ProtocolViolation _ ->
                unavailable(call, 502, server + ": " + failure.message());
        };
    }

    private static HttpAnswer unavailable(ClientsCall call, int status, String message) {
        return failed(status, call.id(), "serverUnavailable", message + "; the call was not executed");
    }

    /** The call was sent. */
    static HttpAnswer withoutReply(ClientsCall call, CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Refused(int status, Optional<String> challenge)
            when status == 401 || status == 403 -> refused(call, status, challenge);
            case CallOutcome.Refused(int status, Optional<String> _) ->
                failed(
                        clientStatus(status),
                        call.id(),
                        "serverFailed",
                        "server " + call.serverName() + " answered HTTP " + status + " without a result");
            case CallOutcome.Failed(McpOutcome.Timeout _) ->
                failed(
                        504,
                        call.id(),
                        "timeout",
                        "server " + call.serverName() + " did not answer in time; the call may have been executed");
            case CallOutcome.Failed(McpOutcome.Unreachable(String cause, boolean _)) -> {
                log.warn("call failed server={} cause={}", call.serverName(), cause);
                yield failed(
                        502,
                        call.id(),
                        "serverUnavailable",
                        "server " + call.serverName()
                                + " did not answer through the gateway; the call may have been executed");
            }
            case CallOutcome.Failed(McpOutcome.Failure failure) ->
                failed(
                        502,
                        call.id(),
                        "serverFailed",
                        "server " + call.serverName() + ": " + failure.message() + "; the call may have been executed");
            case CallOutcome.Replied _ ->
                throw new IllegalArgumentException("the server replied, so this is not a failure");
        };
    }

    /** How to log in is only the client's business if the server gets the client's own credential. */
    private static HttpAnswer refused(ClientsCall call, int status, Optional<String> challenge) {
        boolean asCaller = challenge.isPresent() || call.server().authorization() instanceof CallAuthorization.Forward;
        if (!asCaller && status == 401) {
            return failed(
                    502,
                    call.id(),
                    "credentialRefused",
                    "server " + call.serverName() + " refused the credential of the gateway (HTTP 401)");
        }
        HttpAnswer answer = failed(
                status,
                call.id(),
                "refused",
                "the call was refused with HTTP " + status + " by a policy on the way to server " + call.serverName()
                        + ", or by the server itself");
        return challenge.map(value -> answer.with("WWW-Authenticate", value)).orElse(answer);
    }

    private static int clientStatus(int status) {
        return status == 429 || (status >= 500 && status <= 599) ? status : 502;
    }

    private static HttpAnswer failed(int status, JsonRpcId id, String reason, String message) {
        return HttpAnswer.json(
                status,
                JsonRpcText.error(
                        id,
                        new JsonRpcError(JsonRpcCodes.INTERNAL_ERROR, message),
                        RawJson.of("{\"reason\":" + JsonText.quote(reason) + "}")));
    }
}
