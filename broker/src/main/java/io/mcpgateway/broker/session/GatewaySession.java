package io.mcpgateway.broker.session;

import io.mcpgateway.broker.mcp.ClientFeatures;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A client's session with the gateway: everything in it is carried by the signed token, so any replica can read it.
 *
 * @param expiresAt absolute end; whole seconds
 * @param virtualServer the virtual server named at initialize, which the session keeps
 * @param protocolVersion what was negotiated with the client
 */
public record GatewaySession(
        GatewaySessionId id,
        Instant expiresAt,
        CallerBinding caller,
        Optional<String> virtualServer,
        String protocolVersion,
        ClientFeatures features) {
    public GatewaySession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(virtualServer, "virtualServer");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(features, "features");
    }
}
