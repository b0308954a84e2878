package io.mcpgateway.broker.router;

import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.session.SessionVerdict;
import java.util.Optional;

/** The answer to a message without a usable session: the same, whoever gives it. */
public final class SessionRefusals {
    private SessionRefusals() {}

    /** Empty for a valid session. */
    public static Optional<Reject> of(JsonRpcId id, SessionVerdict verdict) {
        return switch (verdict) {
            case SessionVerdict.Valid(var _) -> Optional.empty();
            case SessionVerdict.Missing() -> Optional.of(Refusals.sessionMissing(id));
            case SessionVerdict.Unconfirmed() -> Optional.of(Refusals.sessionUnconfirmed(id));
            case SessionVerdict.Expired() -> Optional.of(Refusals.sessionExpired(id));
            case SessionVerdict.Revoked(), SessionVerdict.ForeignCaller() -> Optional.of(Refusals.sessionNotFound(id));
            case SessionVerdict.Invalid(String _) -> Optional.of(Refusals.sessionNotFound(id));
        };
    }
}
