package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Catalogues for tests of routing, to which definitions do not matter: each item has a name and nothing else. */
public final class RoutesServed {
    private RoutesServed() {}

    /** @param routes per kind, by served name */
    public static CapabilityCatalog of(Map<CapabilityKind, Map<String, CapabilityRoute>> routes) {
        Map<CapabilityKind, SortedMap<String, Served>> served = new EnumMap<>(CapabilityKind.class);
        routes.forEach((kind, byName) -> {
            SortedMap<String, Served> items = new TreeMap<>();
            byName.forEach((name, route) -> items.put(
                    name,
                    new Served(
                            name,
                            route,
                            RawJson.of("{\"" + kind.keyMember() + "\":" + JsonText.quote(name) + "}"))));
            served.put(kind, items);
        });
        return new CapabilityCatalog(served, Map.of());
    }
}
