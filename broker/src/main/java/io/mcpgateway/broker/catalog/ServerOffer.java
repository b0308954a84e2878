package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One server's items under served names, before conflicts are resolved. Kept with the catalogue, so a
 * change of one server does not rewrite every other server's items.
 *
 * @param originals all of them under the server's own names, which no other server's can clash with
 * @param source the very lists that the items were made of
 */
record ServerOffer(
        ServerRoute route,
        String prefix,
        Listings source,
        Map<CapabilityKind, List<Offered>> items,
        CapabilityView.Selected originals) {
    /** One item under its served name, and under its server's own; the same object if these are equal. */
    record Offered(Served served, Served own) {}

    ServerOffer {
        Objects.requireNonNull(source, "source");
        items = Map.copyOf(items);
        Objects.requireNonNull(originals, "originals");
    }

    ServerOffer(ServerRoute route, String prefix, Listings source, Map<CapabilityKind, List<Offered>> items) {
        this(route, prefix, source, items, originals(route, items));
    }

    static ServerOffer of(McpServer server, ServerReport report) {
        ServerRoute route = ServerRoute.of(server, report.eras());
        Listings listings = report.listings();
        Map<CapabilityKind, List<Offered>> items = new EnumMap<>(CapabilityKind.class);
        listings.byKind().forEach((kind, listing) -> {
            String prefix = kind.prefixed() ? server.toolPrefix() : "";
            List<Offered> offered = new ArrayList<>(listing.items().size());
            for (Definition definition : listing.items()) {
                offered.add(offered(prefix, kind, route, definition));
            }
            items.put(kind, List.copyOf(offered));
        });
        return new ServerOffer(route, server.toolPrefix(), listings, items);
    }

    /** Whether this offer is what {@link #of} would make of these. */
    boolean stillHolds(McpServer server, ServerReport report) {
        return sameLists(report.listings())
                && prefix.equals(server.toolPrefix())
                && route.equals(ServerRoute.of(server, report.eras()));
    }

    List<Offered> items(CapabilityKind kind) {
        return items.getOrDefault(kind, List.of());
    }

    /** By identity: comparing by content would cost more than it saves. */
    @SuppressWarnings("ReferenceEquality") // see above
    private boolean sameLists(Listings listings) {
        return source == listings;
    }

    private static Offered offered(String prefix, CapabilityKind kind, ServerRoute route, Definition definition) {
        String ownName = definition.key().value();
        Served own = new Served(
                ownName,
                new CapabilityRoute(
                        kind,
                        route,
                        ownName,
                        definition.hints(),
                        definition.paramHeaders().headers()),
                definition.json(),
                definition.key());
        return new Offered(prefix.isEmpty() ? own : own.renamed(prefix + ownName), own);
    }

    private static CapabilityView.Selected originals(ServerRoute route, Map<CapabilityKind, List<Offered>> items) {
        Map<CapabilityKind, List<Served>> own = new EnumMap<>(CapabilityKind.class);
        items.forEach((kind, offered) ->
                own.put(kind, offered.stream().map(Offered::own).toList()));
        return CapabilityView.Selected.of("server " + route.name(), own);
    }
}
