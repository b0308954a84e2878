package io.mcpgateway.broker.session;

import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.url.Chosen;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A client's session with the gateway: everything in it is carried by the signed token, so any replica can read it.
 *
 * @param expiresAt absolute end; whole seconds
 * @param url what the URL of initialize chose; the session is good there only
 * @param virtualServer the virtual server that a header named at initialize, which the session keeps
 * @param protocolVersion what was negotiated with the client
 */
public record GatewaySession(
        GatewaySessionId id,
        Instant expiresAt,
        CallerBinding caller,
        Chosen url,
        Optional<String> virtualServer,
        String protocolVersion,
        ClientFeatures features) {
    public GatewaySession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(virtualServer, "virtualServer");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(features, "features");
    }

    /** Of a session that began at {@code /mcp}. */
    public GatewaySession(
            GatewaySessionId id,
            Instant expiresAt,
            CallerBinding caller,
            Optional<String> virtualServer,
            String protocolVersion,
            ClientFeatures features) {
        this(id, expiresAt, caller, new Chosen.Nothing(), virtualServer, protocolVersion, features);
    }
}
