package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionCheck;
import io.mcpgateway.broker.session.SessionVerdict;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** The sessions of requests that the router sent to the broker, now. */
record SessionGate(SessionCheck check, Clock clock) {
    SessionGate {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(clock, "clock");
    }

    SessionVerdict verdict(RequestHeaders headers) {
        return check.of(headers, caller(headers), clock.instant());
    }

    /** Whether a session that was valid still is. */
    boolean alive(GatewaySession session) {
        return check.alive(session, clock.instant());
    }

    /** The caller that the router saw; where no router is in front, the one of the request's own credential. */
    static CallerBinding caller(RequestHeaders headers) {
        List<String> seen = headers.all(GatewayHeaders.CALLER);
        return seen.size() == 1
                ? new CallerBinding(seen.getFirst())
                : CallerBinding.of(headers.all(StandardHeaders.AUTHORIZATION));
    }
}
