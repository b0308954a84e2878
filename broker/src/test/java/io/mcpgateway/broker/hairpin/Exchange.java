package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** A session and a server, as these tests need them. */
final class Exchange {
    private Exchange() {}

    /** Of a client without features. */
    static GatewaySession session(String id) {
        return new GatewaySession(
                new GatewaySessionId(id),
                Instant.parse("2999-01-01T00:00:00Z"),
                CallerBinding.ANONYMOUS,
                Optional.empty(),
                "2025-11-25",
                ClientFeatures.NONE);
    }

    static ServerRoute route(String name, String path) {
        return new ServerRoute(
                new ServerName("ns/" + name),
                name + ".mcp.local",
                path,
                URI.create("http://" + name + ".ns.svc" + path));
    }
}
