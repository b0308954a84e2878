package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.RawJson;
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
 * @param source the very lists that the items were made of
 */
record ServerOffer(ServerRoute route, String prefix, Listings source, Map<CapabilityKind, List<Served>> items) {
    ServerOffer {
        Objects.requireNonNull(source, "source");
        items = Map.copyOf(items);
    }

    static ServerOffer of(McpServer server, ServerReport report) {
        ServerRoute route = ServerRoute.of(server, report.eras());
        Listings listings = report.listings();
        Map<CapabilityKind, List<Served>> items = new EnumMap<>(CapabilityKind.class);
        listings.byKind().forEach((kind, listing) -> {
            String prefix = kind.prefixed() ? server.toolPrefix() : "";
            List<Served> served = new ArrayList<>(listing.items().size());
            for (Definition definition : listing.items()) {
                served.add(served(prefix, kind, route, definition));
            }
            items.put(kind, List.copyOf(served));
        });
        return new ServerOffer(route, server.toolPrefix(), listings, items);
    }

    /** Whether this offer is what {@link #of} would make of these. */
    boolean stillHolds(McpServer server, ServerReport report) {
        return sameLists(report.listings())
                && prefix.equals(server.toolPrefix())
                && route.equals(ServerRoute.of(server, report.eras()));
    }

    List<Served> items(CapabilityKind kind) {
        return items.getOrDefault(kind, List.of());
    }

    /** By identity: comparing by content would cost more than it saves. */
    @SuppressWarnings("ReferenceEquality") // see above
    private boolean sameLists(Listings listings) {
        return source == listings;
    }

    private static Served served(String prefix, CapabilityKind kind, ServerRoute route, Definition definition) {
        String ownName = definition.key().value();
        String name = prefix + ownName;
        RawJson json = prefix.isEmpty()
                ? definition.json()
                : definition.key().replacedBy(name).applyTo(definition.json());
        return new Served(
                name,
                new CapabilityRoute(
                        kind,
                        route,
                        ownName,
                        definition.hints(),
                        definition.paramHeaders().headers()),
                json);
    }
}
