package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.ServerOffer.Offered;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Catalogues for tests of routing, to which definitions do not matter: each item has a name and nothing else. */
public final class RoutesServed {
    private RoutesServed() {}

    /**
     * A catalogue with these items.
     *
     * @param routes per kind, by served name
     */
    public static CapabilityCatalog of(Map<CapabilityKind, Map<String, CapabilityRoute>> routes) {
        Map<CapabilityKind, SortedMap<String, Served>> served = new EnumMap<>(CapabilityKind.class);
        Map<ServerRoute, Map<CapabilityKind, List<Offered>>> offered = new HashMap<>();
        routes.forEach((kind, byName) -> {
            SortedMap<String, Served> items = new TreeMap<>();
            byName.forEach((name, route) -> {
                Served item = served(name, route);
                items.put(name, item);
                offered.computeIfAbsent(route.server(), _ -> new EnumMap<>(CapabilityKind.class))
                        .computeIfAbsent(kind, _ -> new ArrayList<>())
                        .add(new Offered(item, served(route.ownName(), route)));
            });
            served.put(kind, items);
        });
        Map<ServerName, ServerOffer> offers = new HashMap<>();
        offered.forEach(
                (server, items) -> offers.put(server.name(), new ServerOffer(server, "", Listings.NONE, items)));
        return new CapabilityCatalog(served, Map.of(), offers);
    }

    private static Served served(String name, CapabilityRoute route) {
        String json = "{\"" + route.kind().keyMember() + "\":" + JsonText.quote(name) + "}";
        return new Served(name, route, RawJson.of(json));
    }
}
