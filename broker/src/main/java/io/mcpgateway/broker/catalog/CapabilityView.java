package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one request may see, and under which names. Lists, calls and {@code list_changed} ask the same value. To resolve
 * one and to find an item in it takes a few lookups, however much it shows.
 */
public sealed interface CapabilityView {
    /**
     * Everything, or what a virtual server selects; not narrowed by an authorization. Made when configuration or lists
     * change, never for a request.
     *
     * @param key identifies the selection for caching; empty for everything
     * @param items per kind, under the names that clients see
     */
    record Selected(String key, Map<CapabilityKind, SeenItems> items) implements CapabilityView {
        static final Selected NOTHING = new Selected("", Map.of());

        public Selected {
            Objects.requireNonNull(key, "key");
            items = Map.copyOf(items);
        }

        static Selected of(String key, Map<CapabilityKind, ? extends Collection<Served>> items) {
            Map<CapabilityKind, SeenItems> seen = new EnumMap<>(CapabilityKind.class);
            items.forEach((kind, ofKind) -> seen.put(kind, SeenItems.of(ofKind)));
            return new Selected(key, seen);
        }

        /** Whether nothing was chosen, so that whatever servers add is seen. */
        public boolean isEverything() {
            return key.isEmpty();
        }

        SeenItems of(CapabilityKind kind) {
            return items.getOrDefault(kind, SeenItems.NONE);
        }

        private Stream<Served> items(Optional<String> after, CapabilityKind kind) {
            SeenItems items = of(kind);
            return after.map(items::after).orElseGet(items::inOrder).stream();
        }

        /** Only of the key, so looking up a view does not take longer the more it shows. */
        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** Of what is selected only what the authorization layer allows. */
    record Authorized(Selected selected, Authorization allowed) implements CapabilityView {
        public Authorized {
            Objects.requireNonNull(selected, "selected");
            Objects.requireNonNull(allowed, "allowed");
        }

        private boolean allows(Served item) {
            CapabilityRoute route = item.route();
            return allowed.allows(route.kind(), route.server().name(), route.ownName());
        }
    }

    /** The request asks for a view that it cannot have; it is answered with {@code reason} and sees nothing. */
    record Refused(String reason) implements CapabilityView {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The item that is seen, and so used, under this name; templates are found by their own text. */
    default Optional<Served> find(CapabilityKind kind, String seenName) {
        return switch (this) {
            case Selected selected -> selected.of(kind).find(seenName);
            case Authorized authorized ->
                authorized.selected().of(kind).find(seenName).filter(authorized::allows);
            case Refused(String _) -> Optional.empty();
        };
    }

    /** The server of a seen tool that has this user interface (MCP Apps), if the resource itself may be seen, too. */
    default Optional<ServerRoute> withUi(String uri) {
        Stream<Served> tools =
                switch (this) {
                    case Selected selected -> selected.of(CapabilityKind.TOOL).withUi(uri).stream();
                    case Authorized authorized ->
                        authorized.selected().of(CapabilityKind.TOOL).withUi(uri).stream()
                                .filter(authorized::allows)
                                .filter(tool -> authorized
                                        .allowed()
                                        .allows(
                                                CapabilityKind.RESOURCE,
                                                tool.route().server().name(),
                                                uri));
                    case Refused(String _) -> Stream.empty();
                };
        return tools.map(tool -> tool.route().server()).findFirst();
    }

    /** Everything of one kind that is seen, in order of seen name. */
    default Stream<Served> items(CapabilityKind kind) {
        return seen(Optional.empty(), kind);
    }

    /** The same from a name on, which is not part of it. */
    default Stream<Served> itemsAfter(String seenName, CapabilityKind kind) {
        return seen(Optional.of(seenName), kind);
    }

    private Stream<Served> seen(Optional<String> after, CapabilityKind kind) {
        return switch (this) {
            case Selected selected -> selected.items(after, kind);
            case Authorized authorized ->
                authorized.selected().items(after, kind).filter(authorized::allows);
            case Refused(String _) -> Stream.empty();
        };
    }

    /** The servers of which at least one item is seen. */
    default Set<ServerName> servers() {
        Set<ServerName> servers = new HashSet<>();
        for (CapabilityKind kind : CapabilityKind.values()) {
            items(kind).forEach(item -> servers.add(item.route().server().name()));
        }
        return servers;
    }

    /**
     * The view of a request: the virtual server named by its {@code X-Mcp-Virtualserver} header, which must be the one
     * that the session was initialised with, if any; of that, what it is authorised for.
     */
    static CapabilityView resolve(ViewRequest request, RouteTable table) {
        List<String> header = request.header();
        Optional<String> ofSession = request.ofSession();
        if (header.size() > 1) {
            return new Refused("the header X-Mcp-Virtualserver must be given once, not " + header.size() + " times");
        }
        if (!header.isEmpty() && ofSession.isPresent() && !ofSession.get().equals(header.getFirst())) {
            return new Refused("this session was initialised with virtual server '" + ofSession.get()
                    + "' and cannot use '" + header.getFirst() + "'; start a new session for it");
        }
        Optional<String> chosen = ofSession.or(() -> header.stream().findFirst());
        if (chosen.isEmpty()) {
            return narrowed(table.everything(), request.allowed());
        }
        Selected virtualServer = table.virtualServers().get(chosen.get());
        if (virtualServer == null) {
            return new Refused(
                    "unknown virtual server '" + chosen.get() + "'; expected namespace/name of an MCPVirtualServer");
        }
        ServedRevisions served = table.revisions(virtualServer);
        Optional<String> notServed =
                ofSession.isPresent() ? Optional.empty() : request.revision().filter(used -> !served.allows(used));
        return notServed.isPresent()
                ? new Refused("this session uses MCP " + notServed.get() + ", which virtual server '" + chosen.get()
                        + "' does not allow; it allows: " + String.join(", ", served.newestFirst()))
                : narrowed(virtualServer, request.allowed());
    }

    private static CapabilityView narrowed(Selected selected, Authorization allowed) {
        return allowed.equals(Authorization.EVERYTHING) ? selected : new Authorized(selected, allowed);
    }
}
