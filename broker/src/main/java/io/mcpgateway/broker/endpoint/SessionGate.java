package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.contract.GatewayHeaders;
import io.mcpgateway.api.contract.McpHeaders;
import io.mcpgateway.api.contract.StandardHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SessionVerdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What a request's session is worth: its token, its caller, and whether it was ended. Two tokens prove nothing. */
record SessionGate(SessionTokens tokens, SessionStore store, Clock clock) {
    SessionGate {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(clock, "clock");
    }

    SessionVerdict verdict(RequestHeaders headers) {
        List<String> values = headers.all(McpHeaders.SESSION_ID);
        if (values.size() > 1) {
            return new SessionVerdict.Invalid(values.size() + " headers " + McpHeaders.SESSION_ID);
        }
        return store.confirm(tokens.verify(values.stream().findFirst(), caller(headers), clock.instant()));
    }

    /** Whether a session that was valid still is, without its token. One that cannot be checked now is not ended yet. */
    boolean alive(GatewaySession session) {
        Instant now = clock.instant();
        return now.isBefore(session.expiresAt())
                && !(store.confirm(new SessionVerdict.Valid(session)) instanceof SessionVerdict.Revoked);
    }

    /** The caller that the router saw; where no router is in front, the one of the request's own credential. */
    static CallerBinding caller(RequestHeaders headers) {
        List<String> seen = headers.all(GatewayHeaders.CALLER);
        return seen.size() == 1
                ? new CallerBinding(seen.getFirst())
                : CallerBinding.of(headers.all(StandardHeaders.AUTHORIZATION));
    }
}
