package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.answers.ListPages;
import io.mcpgateway.broker.endpoint.answers.ListSource;
import io.mcpgateway.broker.endpoint.answers.ServerInfo;
import io.mcpgateway.broker.endpoint.calls.CallBridge;
import io.mcpgateway.broker.endpoint.calls.ModernCallBridge;
import io.mcpgateway.broker.endpoint.modern.ModernServices;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionCheck;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.url.Chosen;
import io.mcpgateway.broker.url.GatewayUrl;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What {@code /mcp} works with.
 *
 * @param trusted the same that the router asks
 * @param states opens the IDs that clients have of tasks
 * @param ids of new sessions: random (version 4) UUIDs
 * @param servers the way to the server sessions of a gateway session
 * @param subscriptions the way to servers for clients that have no session
 * @param bridge makes calls in the place of legacy clients
 * @param legacyServers makes calls in the place of modern clients
 */
public record McpServices(
        SessionTokens tokens,
        SessionStore store,
        SnapshotCell cell,
        ListSource lists,
        ClientStreams streams,
        TrustedHeaders trusted,
        RequestStates states,
        Supplier<UUID> ids,
        Clock clock,
        GatewayMetrics metrics,
        ServerLink servers,
        ServerSubscriptions subscriptions,
        CallBridge bridge,
        ModernCallBridge legacyServers) {
    public McpServices {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(lists, "lists");
        Objects.requireNonNull(streams, "streams");
        Objects.requireNonNull(trusted, "trusted");
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(servers, "servers");
        Objects.requireNonNull(subscriptions, "subscriptions");
        Objects.requireNonNull(bridge, "bridge");
        Objects.requireNonNull(legacyServers, "legacyServers");
    }

    /** What decides what a request of this session sees. */
    ViewRequest viewRequest(GatewaySession session, RequestHeaders headers) {
        return ViewRequest.of(session, headers, trusted.allowed(headers, clock.instant()));
    }

    /** The same of a request that starts a session. */
    ViewRequest viewRequest(Chosen url, RequestHeaders headers) {
        return ViewRequest.ofNewSession(url, headers, trusted.allowed(headers, clock.instant()));
    }

    /** What is at the URL of a request. */
    GatewayUrl url(HttpExchange exchange) {
        return cell.get().table().urls().find(exchange.authority(), exchange.path());
    }

    CapabilityView view(ViewRequest request) {
        return CapabilityView.resolve(request, cell.get().table());
    }

    /** The revisions that new clients may use, whatever they see. */
    ServedRevisions revisions() {
        return cell.get().table().revisions();
    }

    /** The same for messages of modern clients. */
    ModernServices modern(McpSettings settings) {
        return new ModernServices(
                new ServerInfo(settings.version()),
                settings.serverInstructions(),
                settings.heartbeat(),
                settings.sessionLength(),
                cell,
                new ListPages(lists),
                streams,
                subscriptions,
                legacyServers,
                trusted,
                states,
                clock,
                metrics);
    }

    SessionGate gate() {
        return new SessionGate(new SessionCheck(tokens, store), clock);
    }
}
