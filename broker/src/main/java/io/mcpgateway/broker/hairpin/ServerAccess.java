package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The way to server sessions that exist: through the gateway's own listener, each request with a router token of its
 * own, so that the policies of the server's route apply to it as they did to the initialize.
 *
 * @param tokenIds a fresh unguessable id per call
 * @param table what is served now
 * @param authorities trusted for the gateway's listener in addition to public CAs, as configured now
 */
public record ServerAccess(
        McpHttpClient client,
        HairpinSettings settings,
        RouterTokens tokens,
        Supplier<String> tokenIds,
        Supplier<RouteTable> table,
        Supplier<Optional<CaCertificates>> authorities,
        InstantSource clock) {
    /** Access by a listener that needs no authority of its own. */
    public ServerAccess(
            McpHttpClient client,
            HairpinSettings settings,
            RouterTokens tokens,
            Supplier<String> tokenIds,
            Supplier<RouteTable> table,
            InstantSource clock) {
        this(client, settings, tokens, tokenIds, table, Optional::empty, clock);
    }

    /** The server that server sessions under this key belong to, unless it left or moved since. */
    public Optional<ServerRoute> server(ServerKey key) {
        return table.get().servers().values().stream()
                .filter(server -> server.key().equals(key))
                .findFirst();
    }

    /**
     * A connection in a session that exists.
     *
     * @param routed further headers that the router would set
     */
    McpConnection resume(
            ServerRoute server,
            SessionStore.Entry entry,
            ClientRequest client,
            Map<String, String> routed,
            HttpLimits limits) {
        McpTarget target = target(server, routerKey -> HairpinHeaders.of(client, server, routed, routerKey), limits);
        return this.client.resume(
                target, entry.serverSession().id(), entry.serverSession().protocolVersion(), _ -> {});
    }

    /**
     * The way of a call that the broker makes in a client's place.
     *
     * @param client the headers of the client's call
     * @param routed what the router says of it
     */
    public McpTarget forCall(
            ServerRoute server,
            RequestHeaders client,
            GatewaySessionId session,
            Map<String, String> routed,
            HttpLimits limits) {
        ClientRequest request = new ClientRequest(client, session);
        return target(server, routerKey -> HairpinHeaders.of(request, server, routed, routerKey), limits);
    }

    /** @param headers of one request, with this router token */
    McpTarget target(ServerRoute server, Function<String, Map<String, String>> headers, HttpLimits limits) {
        return new McpTarget(
                settings.through(server.path()),
                () -> headers.apply(tokens.issue(server.hostname(), tokenIds.get(), clock.instant())),
                limits,
                settings.isTls() ? authorities.get().stream().toList() : List.of(),
                settings.certificateName());
    }
}
