package io.mcpgateway.broker.bridge;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.translation.Introduction;
import io.mcpgateway.broker.translation.LegacyCall;
import java.util.Map;
import java.util.Objects;

/**
 * The call that a client made, allowed and resolved.
 *
 * @param headers as the client sent them: the policies on the server's route judge the client
 * @param id the client's
 * @param routed what the router says of the call to policies and servers
 * @param about what the server is told of the client
 */
record ClientsCall(
        GatewaySession session,
        RequestHeaders headers,
        JsonRpcId id,
        ServerRoute server,
        Map<String, String> routed,
        LegacyCall message,
        Introduction about) {
    ClientsCall {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(server, "server");
        routed = Map.copyOf(routed);
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(about, "about");
    }

    /** As clients may read it. */
    String serverName() {
        return server.name().value();
    }

    /** As metrics have it. */
    BridgeMetrics.Hop hop() {
        return new BridgeMetrics.Hop(serverName(), session.protocolVersion(), about.protocolVersion());
    }

    /** What its client speaks. */
    Era era() {
        return new Era.Legacy(session.protocolVersion());
    }

    @Override
    public String toString() {
        return "ClientsCall[" + session.id() + ", " + server.name() + "]";
    }
}
