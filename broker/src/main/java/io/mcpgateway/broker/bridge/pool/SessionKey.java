package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import java.util.Objects;

/**
 * What requests must have in common to share a session at a server: to the server, they come from one client.
 *
 * @param features what was declared at initialize
 * @param protocolVersion what was proposed there
 */
public record SessionKey(ServerKey server, CallerBinding caller, ClientFeatures features, String protocolVersion) {
    public SessionKey {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
    }

    /** Callers without credentials cannot be told apart, so each of their calls has a session of its own. */
    boolean isShared() {
        return !caller.equals(CallerBinding.ANONYMOUS);
    }
}
