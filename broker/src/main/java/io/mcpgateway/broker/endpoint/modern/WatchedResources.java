package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.streams.ClientStream;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The resources of one subscription: one subscription at each server that has some of them, merged into the client's
 * stream. What the client no longer sees is not told, whatever it subscribed to.
 */
final class WatchedResources implements AutoCloseable {
    /** Of one subscription; the others are not honoured. */
    private static final int MAX_RESOURCES = 1_000;
    /** For all servers together: the client waits for its acknowledgment meanwhile. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ModernServices services;
    private final ViewRequest asked;
    private final JsonRpcId id;
    private final ClientStream stream;
    private final List<ServerSubscriptions.Listening> open = new ArrayList<>();

    WatchedResources(ModernServices services, ViewRequest asked, JsonRpcId id, ClientStream stream) {
        this.services = services;
        this.asked = asked;
        this.id = id;
        this.stream = stream;
    }

    /**
     * Subscribes at the servers.
     *
     * @return those URIs of whose changes the client will be told, in the client's order
     */
    List<String> listen(RequestHeaders client, JsonRpcMessage.Meta meta, List<String> uris)
            throws InterruptedException {
        Map<ServerRoute, List<String>> byServer = byServer(uris);
        for (Map.Entry<ServerRoute, List<String>> wish : byServer.entrySet()) {
            ServerRoute server = wish.getKey();
            Set<String> subscribed = Set.copyOf(wish.getValue());
            open.add(services.subscriptions()
                    .listen(
                            new ServerSubscriptions.Wish(client, meta, server, wish.getValue()),
                            update -> !(update instanceof ResourceUpdate resource)
                                    || !isVisible(resource.uri(), server.key(), subscribed)
                                    || stream.offer(resource.message(id))));
        }
        Set<String> honoured = new HashSet<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (ServerSubscriptions.Listening listening : open) {
            honoured.addAll(listening.honouredUntil(end));
        }
        return uris.stream().distinct().filter(honoured::contains).toList();
    }

    /** Where each can be read now, if its server may tell of changes. */
    private Map<ServerRoute, List<String>> byServer(List<String> uris) {
        GatewaySnapshot snapshot = services.cell().get();
        CapabilityView view = CapabilityView.resolve(asked, snapshot.table());
        Map<ServerRoute, List<String>> byServer = new LinkedHashMap<>();
        uris.stream()
                .distinct()
                .limit(MAX_RESOURCES)
                .forEach(uri -> snapshot.table()
                        .resource(uri, view)
                        .map(CapabilityRoute::server)
                        .filter(server -> tells(snapshot, server))
                        .ifPresent(server -> byServer.computeIfAbsent(server, _ -> new ArrayList<>())
                                .add(uri)));
        return byServer;
    }

    /** A legacy server is asked whatever it declares: the Python SDK 1.x says of all its servers that they do not. */
    private static boolean tells(GatewaySnapshot snapshot, ServerRoute server) {
        return !server.eras().speaksModern()
                || Optional.ofNullable(snapshot.reports().get(server.name()))
                        .map(ServerReport::capabilities)
                        .filter(capabilities -> capabilities.has(Capability.RESOURCES_SUBSCRIBE))
                        .isPresent();
    }

    /**
     * Whether the client sees this resource of the server now. A server may also tell of a part of a resource (MCP
     * 2026-07-28, {@code ResourceUpdatedNotificationParams}), which need not be in any list.
     */
    private boolean isVisible(String uri, ServerKey server, Set<String> subscribed) {
        RouteTable table = services.cell().get().table();
        CapabilityView view = CapabilityView.resolve(asked, table);
        boolean listed = table.lists(uri);
        return isRead(table, view, uri, server)
                || (!listed
                        && subscribed.stream()
                                .anyMatch(whole -> uri.startsWith(whole) && isRead(table, view, whole, server)));
    }

    private static boolean isRead(RouteTable table, CapabilityView view, String uri, ServerKey server) {
        return table.resource(uri, view)
                .filter(route -> route.server().key().equals(server))
                .isPresent();
    }

    @Override
    public void close() {
        open.forEach(ServerSubscriptions.Listening::close);
    }
}
