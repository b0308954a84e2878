package io.mcpgateway.broker.router;

import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.util.Objects;

/** What the shell found out before asking the router. */
public record RouterFacts(SessionVerdict session, RouterTokenVerdict routerToken, RouteTable table) {
    public RouterFacts {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(routerToken, "routerToken");
        Objects.requireNonNull(table, "table");
    }
}
