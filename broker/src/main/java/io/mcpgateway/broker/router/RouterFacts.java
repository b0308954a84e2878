package io.mcpgateway.broker.router;

import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.requeststate.StateReader;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.util.Objects;

/**
 * What the shell found out before asking the router.
 *
 * @param caller whose request it is
 * @param states opens what the request brings back of an earlier answer
 * @param authorization what the authorization layer lets the request see and use
 */
public record RouterFacts(
        CallerBinding caller,
        SessionVerdict session,
        RouterTokenVerdict routerToken,
        Authorization authorization,
        RouteTable table,
        StateReader states) {
    /** Of a request that brings no state of a server back. */
    public RouterFacts(
            CallerBinding caller,
            SessionVerdict session,
            RouterTokenVerdict routerToken,
            Authorization authorization,
            RouteTable table) {
        this(caller, session, routerToken, authorization, table, StateReader.NONE);
    }

    public RouterFacts {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(routerToken, "routerToken");
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(states, "states");
    }
}
