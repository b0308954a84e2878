package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.FindTools;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.url.Chosen;
import java.util.Collection;
import java.util.Comparator;
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
     * @param pinned names of the tools that are listed, if tools are searched and not listed
     */
    record Selected(String key, Map<CapabilityKind, SeenItems> items, Optional<Set<String>> pinned)
            implements CapabilityView {
        static final Selected NOTHING = new Selected("", Map.of());

        public Selected {
            Objects.requireNonNull(key, "key");
            items = Map.copyOf(items);
            pinned = pinned.map(Set::copyOf);
        }

        /** A selection whose tools are listed. */
        Selected(String key, Map<CapabilityKind, SeenItems> items) {
            this(key, items, Optional.empty());
        }

        /**
         * The same with tools to be searched: then the name of {@link FindTools} is nobody else's.
         *
         * @param pinned tools that are listed in any case, under whatever name they are seen
         */
        Selected searched(Collection<Served> pinned) {
            Map<CapabilityKind, SeenItems> others = new EnumMap<>(CapabilityKind.class);
            others.putAll(items);
            List<Served> tools = of(CapabilityKind.TOOL).inOrder().stream()
                    .filter(tool -> !tool.name().equals(FindTools.NAME))
                    .toList();
            others.put(CapabilityKind.TOOL, SeenItems.of(tools));
            Set<Origin> origins = new HashSet<>();
            pinned.forEach(tool -> origins.add(Origin.of(tool)));
            Set<String> names = new HashSet<>();
            tools.stream().filter(tool -> origins.contains(Origin.of(tool))).forEach(tool -> names.add(tool.name()));
            return new Selected(key, others, Optional.of(names));
        }

        /** What an item is, whatever it is called. */
        private record Origin(ServerName server, String ownName) {
            static Origin of(Served item) {
                return new Origin(item.route().server().name(), item.route().ownName());
            }
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

        /** Whether this is the first page, or follows a page that is full. */
        boolean isRegular(PageRequest page) {
            return page.after()
                    .map(name -> of(page.kind()).endsPage(name, page.size()))
                    .orElse(true);
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
        Stream<Served> tools = switch (this) {
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

    /**
     * One entry of a list.
     *
     * @param name the key by which the list is in order
     */
    record Listed(String name, RawJson json) {
        public Listed {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(json, "json");
        }

        /** Only of the name, so looking up a list does not read all of its definitions. */
        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** Whether tools are searched with {@link FindTools}, and most of them are not listed. */
    default boolean searchesTools() {
        return pinned().isPresent();
    }

    private Optional<Set<String>> pinned() {
        return switch (this) {
            case Selected selected -> selected.pinned();
            case Authorized authorized -> authorized.selected().pinned();
            case Refused(String _) -> Optional.empty();
        };
    }

    /** What a list of this kind has, in order of name. Where tools are searched, other tools than these can be called. */
    default Stream<Listed> listed(CapabilityKind kind) {
        return listed(Optional.empty(), kind);
    }

    /** The same from a name on, which is not part of it. */
    default Stream<Listed> listedAfter(String name, CapabilityKind kind) {
        return listed(Optional.of(name), kind);
    }

    private Stream<Listed> listed(Optional<String> after, CapabilityKind kind) {
        Optional<Set<String>> pinned = kind == CapabilityKind.TOOL ? pinned() : Optional.empty();
        return pinned.isEmpty()
                ? seen(after, kind).map(item -> new Listed(item.name(), item.json()))
                : shortened(pinned.get())
                        .filter(item -> after.isEmpty() || item.name().compareTo(after.get()) > 0);
    }

    private Stream<Listed> shortened(Set<String> pinned) {
        Stream<Listed> shown = pinned.stream()
                .flatMap(name -> find(CapabilityKind.TOOL, name).stream())
                .map(item -> new Listed(item.name(), item.json()));
        return Stream.concat(shown, Stream.of(new Listed(FindTools.NAME, FindTools.DEFINITION)))
                .sorted(Comparator.comparing(Listed::name));
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
     * The view of a request: what its URL, its session or its header {@code X-Mcp-Virtualserver} chose, which must not
     * contradict each other; of that, what it is authorised for.
     */
    static CapabilityView resolve(ViewRequest request, RouteTable table) {
        return switch (request.choice()) {
            case ViewRequest.Choice.Contradiction(String reason) -> new Refused(reason);
            case ViewRequest.Choice.Made(Chosen chosen) -> of(chosen, request, table);
        };
    }

    private static CapabilityView of(Chosen chosen, ViewRequest request, RouteTable table) {
        return switch (chosen) {
            case Chosen.Nothing() -> narrowed(table.everything(), request.allowed());
            case Chosen.VirtualServer(String name) -> {
                Selected virtualServer = table.virtualServers().get(name);
                yield virtualServer == null
                        ? new Refused(
                                "unknown virtual server '" + name + "'; expected namespace/name of an MCPVirtualServer,"
                                        + " or a name of 'virtualServers' in config.yaml")
                        : revisionRefused(name, request, table.revisions(virtualServer))
                                .<CapabilityView>map(Refused::new)
                                .orElseGet(() -> narrowed(virtualServer, request.allowed()));
            }
            case Chosen.Server(ServerName name) ->
                table.ofServer(name)
                        .map(server -> narrowed(server, request.allowed()))
                        .orElseGet(() -> new Refused("unknown server '" + name + "'"));
        };
    }

    private static Optional<String> revisionRefused(String name, ViewRequest request, ServedRevisions served) {
        return request.isBound()
                ? Optional.empty()
                : request.revision()
                        .filter(used -> !served.allows(used))
                        .map(used -> "this session uses MCP " + used + ", which virtual server '" + name
                                + "' does not allow; it allows: " + String.join(", ", served.newestFirst()));
    }

    private static CapabilityView narrowed(Selected selected, Authorization allowed) {
        return allowed.equals(Authorization.EVERYTHING) ? selected : new Authorized(selected, allowed);
    }
}
