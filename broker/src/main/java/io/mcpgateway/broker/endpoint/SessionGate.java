package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionCheck;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.url.Chosen;
import java.time.Clock;
import java.util.Objects;

/** The sessions of requests that the router sent to the broker, now. */
record SessionGate(SessionCheck check, Clock clock) {
    SessionGate {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(clock, "clock");
    }

    /** @param url what the request's URL chooses */
    SessionVerdict verdict(RequestHeaders headers, Chosen url) {
        return check.of(headers, url, CallerBinding.seen(headers), clock.instant());
    }

    /** Whether a session that was valid still is. */
    boolean alive(GatewaySession session) {
        return check.alive(session, clock.instant());
    }
}
