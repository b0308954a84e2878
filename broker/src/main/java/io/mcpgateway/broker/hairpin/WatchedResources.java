package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions.Listening;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions.Wish;
import io.mcpgateway.broker.endpoint.modern.ServerUpdate;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Meta;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The resources of modern servers that a legacy client watches: one subscription at each such server, opened again when
 * the client watches other ones. For one thread, but {@link #close} may come from any.
 */
final class WatchedResources {
    /** Takes what a server says, for the client; whether anybody still listens. */
    @FunctionalInterface
    interface Delivery {
        boolean deliver(RawJson message) throws InterruptedException;
    }

    private record Open(Set<String> uris, Listening listening) {}

    private final ServerStreams.Parts parts;
    private final GatewaySession session;
    private final Delivery delivery;
    private final Map<ServerKey, Open> open = new HashMap<>();
    private boolean closed;

    WatchedResources(ServerStreams.Parts parts, GatewaySession session, Delivery delivery) {
        this.parts = parts;
        this.session = session;
        this.delivery = delivery;
    }

    /** Looks into the store, unless no server is modern for this client. */
    void compare(Optional<RequestHeaders> headers) {
        Map<ServerKey, ServerRoute> modern = modern();
        if (headers.isEmpty() || (modern.isEmpty() && isIdle())) {
            return;
        }
        Map<ServerKey, Set<String>> watched =
                new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        try {
            for (SessionStore.Watched resource : parts.store().watched(session.id())) {
                watched.computeIfAbsent(resource.server(), _ -> new TreeSet<>()).add(resource.uri());
            }
        } catch (SessionStoreException unavailable) {
            return;
        }
        watched.keySet().retainAll(modern.keySet());
        apply(watched, modern, headers.get());
    }

    private synchronized boolean isIdle() {
        return open.isEmpty();
    }

    private synchronized void apply(
            Map<ServerKey, Set<String>> watched, Map<ServerKey, ServerRoute> modern, RequestHeaders headers) {
        if (closed) {
            return;
        }
        open.entrySet().removeIf(entry -> {
            boolean stale = !entry.getValue().uris().equals(watched.get(entry.getKey()));
            if (stale) {
                entry.getValue().listening().close();
            }
            return stale;
        });
        watched.forEach((key, uris) -> {
            ServerRoute server = modern.get(key);
            if (server != null && !open.containsKey(key)) {
                open.put(key, new Open(Set.copyOf(uris), listen(server, uris, headers)));
            }
        });
    }

    private Listening listen(ServerRoute server, Collection<String> uris, RequestHeaders headers) {
        Meta meta = new Meta(
                Optional.empty(), Optional.of(session.features().declared()), Optional.empty(), Optional.empty());
        ServerSubscriptions.Updates updates = (ServerUpdate update) ->
                !(update instanceof ResourceUpdate resource) || delivery.deliver(resource.messageWithoutSubscription());
        return parts.subscriptions().listen(new Wish(headers, meta, server, List.copyOf(uris)), updates);
    }

    private Map<ServerKey, ServerRoute> modern() {
        Map<ServerKey, ServerRoute> modern = new HashMap<>();
        for (ServerRoute server : parts.access().table().get().servers().values()) {
            if (server.eras().towards(new Era.Legacy(session.protocolVersion())) instanceof Era.Modern) {
                modern.put(server.key(), server);
            }
        }
        return modern;
    }

    synchronized void close() {
        closed = true;
        open.values().forEach(entry -> entry.listening().close());
        open.clear();
    }
}
