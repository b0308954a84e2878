package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import java.util.Objects;

/**
 * What requests must have in common to share a session at a server: to the server, they come from one client.
 *
 * @param anonymous whether callers without a credential share at all; says nothing of others
 * @param features what was declared at initialize
 * @param protocolVersion what was proposed there
 */
public record SessionKey(
        ServerKey server,
        CallerBinding caller,
        AnonymousSessions anonymous,
        ClientFeatures features,
        String protocolVersion) {
    public SessionKey {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(anonymous, "anonymous");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
    }

    /** For calls, and subscriptions, of this caller at this server. */
    public static SessionKey of(ServerRoute server, CallerBinding caller, InitializeParams params) {
        return new SessionKey(
                server.key(), caller, server.anonymousSessions(), params.features(), params.protocolVersion());
    }

    /**
     * Callers without credentials cannot be told apart, so each of their calls has a session of its own, unless the
     * server's owner says that they may share.
     */
    boolean isShared() {
        return !isAnonymous() || anonymous == AnonymousSessions.SHARED;
    }

    boolean isAnonymous() {
        return caller.equals(CallerBinding.ANONYMOUS);
    }

    /**
     * Whether both count towards the same caller's limit. Those without credentials are one caller at each server: a
     * server where they share must not use up what they have at others.
     */
    boolean isOfSameCaller(SessionKey other) {
        return caller.equals(other.caller) && (!isAnonymous() || server.equals(other.server));
    }
}
