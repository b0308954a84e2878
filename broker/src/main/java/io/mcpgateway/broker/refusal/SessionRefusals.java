package io.mcpgateway.broker.refusal;

import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionVerdict;
import java.util.Optional;

/** The response to a message without a valid session, the same everywhere. */
public final class SessionRefusals {
    private SessionRefusals() {}

    /** Empty for a valid session. */
    public static Optional<Refusal> of(JsonRpcId id, SessionVerdict verdict) {
        return verdict instanceof SessionVerdict.Valid ? Optional.empty() : Optional.of(ofInvalid(id, verdict));
    }

    /**
     * The refusal of a session that is not valid.
     *
     * @throws IllegalArgumentException for a valid session
     */
    public static Refusal ofInvalid(JsonRpcId id, SessionVerdict verdict) {
        return switch (verdict) {
            case SessionVerdict.Missing() -> Refusals.sessionMissing(id);
            case SessionVerdict.Unconfirmed() -> Refusals.sessionUnconfirmed(id);
            case SessionVerdict.Expired() -> Refusals.sessionExpired(id);
            case SessionVerdict.OtherUrl(GatewaySession session) ->
                UrlRefusals.sessionElsewhere(id, session.url().path());
            case SessionVerdict.Revoked(), SessionVerdict.ForeignCaller(), SessionVerdict.Invalid(String _) ->
                Refusals.sessionNotFound(id);
            case SessionVerdict.Valid(var _) -> throw new IllegalArgumentException("a valid session is not refused");
        };
    }
}
