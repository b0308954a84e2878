package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.bridge.pool.GatewayDoor;
import io.mcpgateway.broker.bridge.pool.SessionKey;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.translation.ModernCall;
import io.mcpgateway.broker.translation.ModernNotice;
import java.util.Objects;
import java.util.Optional;

/**
 * One request of a modern client for a legacy server, allowed and resolved.
 *
 * @param id of the request
 * @param door leads to the server, in the name of this request
 * @param logLevel what the client wants to hear of the server's log
 * @param clientVersion the revision of the request
 */
record ClientsCall(
        JsonRpcId id,
        CallerBinding caller,
        ModernCall message,
        ClientFeatures features,
        GatewayDoor door,
        Optional<LogLevel> logLevel,
        String clientVersion) {
    ClientsCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(door, "door");
        Objects.requireNonNull(logLevel, "logLevel");
        Objects.requireNonNull(clientVersion, "clientVersion");
    }

    ServerRoute server() {
        return door.server();
    }

    /** As clients may read it. */
    String serverName() {
        return server().name().value();
    }

    SessionKey session() {
        return SessionKey.of(server(), caller, door.params());
    }

    /** Who may come back to the call, and with which request. */
    StateBinding binding() {
        return StateBinding.ofRepeated(
                server().key(), caller, message.method(), message.name().value(), message.arguments());
    }

    /** As metrics have it. */
    BridgeMetrics.Hop hop() {
        return new BridgeMetrics.Hop(serverName(), clientVersion, door.params().protocolVersion());
    }

    ModernNotice notices() {
        return new ModernNotice(message.progressToken(), logLevel);
    }

    @Override
    public String toString() {
        return "ClientsCall[" + server().name() + "]";
    }
}
