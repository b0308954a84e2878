package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.SessionVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to a request without a usable session. */
final class BadSession {
    private static final Logger LOG = LoggerFactory.getLogger(BadSession.class);

    private BadSession() {}

    static HttpAnswer answer(JsonRpcId id, SessionVerdict verdict) {
        LOG.info("session refused verdict={}", verdict.getClass().getSimpleName());
        return switch (verdict) {
            case SessionVerdict.Missing() ->
                HttpAnswer.error(
                        400,
                        id,
                        new JsonRpcError(
                                JsonRpcError.INVALID_REQUEST, "no Mcp-Session-Id header; send initialize first"));
            case SessionVerdict.Expired() ->
                HttpAnswer.error(
                        404, id, new JsonRpcError(JsonRpcError.SESSION_NOT_FOUND, "session expired; initialize again"));
            case SessionVerdict.Revoked(), SessionVerdict.ForeignCaller() -> notFound(id);
            case SessionVerdict.Invalid(String _) -> notFound(id);
            case SessionVerdict.Valid(var session) ->
                throw new IllegalArgumentException("session " + session.id() + " is valid");
        };
    }

    private static HttpAnswer notFound(JsonRpcId id) {
        return HttpAnswer.error(
                404, id, new JsonRpcError(JsonRpcError.SESSION_NOT_FOUND, "session not found; initialize again"));
    }
}
