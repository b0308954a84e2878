package io.mcpgateway.broker.router;

import io.mcpgateway.broker.catalog.AuthorizedTools;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.util.Objects;

/**
 * What the shell found out before asking the router.
 *
 * @param authorizedTools what the authorization layer lets the request see and call
 */
public record RouterFacts(
        SessionVerdict session, RouterTokenVerdict routerToken, AuthorizedTools authorizedTools, RouteTable table) {
    public RouterFacts {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(routerToken, "routerToken");
        Objects.requireNonNull(authorizedTools, "authorizedTools");
        Objects.requireNonNull(table, "table");
    }
}
