package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.EventListener;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.OpenOutcome;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.sse.EventStreams;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The way to a server through the gateway's own listener, so that the policies of the server's route judge the client.
 *
 * @param client the headers of the client's request
 * @param routed what the router says of it
 * @param params what the server is told of the client
 */
public record GatewayDoor(
        ServerAccess access,
        ServerRoute server,
        RequestHeaders client,
        Map<String, String> routed,
        InitializeParams params)
        implements SessionDoor {
    /** Of a message whose answer says nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LIFE = Duration.ofHours(25);
    private static final int MAX_BYTES = 1024 * 1024;

    public GatewayDoor {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(client, "client");
        routed = Map.copyOf(routed);
        Objects.requireNonNull(params, "params");
    }

    @Override
    public String serverName() {
        return server.name().value();
    }

    @Override
    public Opening open(GatewaySessionId affinity) throws InterruptedException {
        Duration timeout = access.settings().timeout();
        HttpLimits limits = new HttpLimits(timeout, timeout, timeout, MAX_BYTES, MAX_BYTES);
        return switch (access.client().open(target(affinity, limits), params, _ -> {})) {
            case OpenOutcome.NotOpened(McpOutcome.Failure failure) -> new Opening.Failed(failure);
            case OpenOutcome.Opened(McpConnection connection) ->
                new Opening.Opened(
                        new ServerSession(
                                connection.session().id(), connection.session().protocolVersion()),
                        connection.session().capabilities().has(Capability.LOGGING));
        };
    }

    @Override
    public ListenOutcome follow(
            GatewaySessionId affinity, ServerSession session, Optional<String> lastEventId, EventListener listener)
            throws InterruptedException {
        HttpLimits limits = new HttpLimits(PATIENCE, LIFE, LIFE, MAX_BYTES, EventStreams.MAX_EVENT_BYTES);
        return access.client()
                .resume(target(affinity, limits), session.id(), session.protocolVersion(), _ -> {})
                .follow(lastEventId, listener);
    }

    @Override
    public McpOutcome send(GatewaySessionId affinity, ServerSession session, RawJson message)
            throws InterruptedException {
        return connection(affinity, session).send(message);
    }

    @Override
    public void end(GatewaySessionId affinity, ServerSession session) throws InterruptedException {
        connection(affinity, session).delete();
    }

    /** For messages in a session that are no calls. */
    public McpConnection connection(GatewaySessionId affinity, ServerSession session) {
        return connection(affinity, session, new HttpLimits(PATIENCE, PATIENCE, PATIENCE, MAX_BYTES, MAX_BYTES));
    }

    /** The same within other limits. */
    public McpConnection connection(GatewaySessionId affinity, ServerSession session, HttpLimits limits) {
        return access.client().resume(target(affinity, limits), session.id(), session.protocolVersion(), _ -> {});
    }

    /** Where a request of the session goes. */
    public McpTarget target(GatewaySessionId affinity, HttpLimits limits) {
        return access.forCall(server, client, affinity, routed, limits);
    }
}
