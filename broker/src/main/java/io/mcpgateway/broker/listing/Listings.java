package io.mcpgateway.broker.listing;

import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Everything that one server lists, kind by kind. */
public record Listings(Map<CapabilityKind, Listing> byKind) {
    public static final Listings NONE = new Listings(Map.of());

    public Listings {
        byKind = Map.copyOf(byKind);
    }

    public Listing of(CapabilityKind kind) {
        return byKind.getOrDefault(kind, Listing.NONE);
    }

    /** The same with another list of one kind. */
    public Listings with(CapabilityKind kind, Listing listing) {
        Map<CapabilityKind, Listing> next = new EnumMap<>(CapabilityKind.class);
        next.putAll(byKind);
        next.put(kind, listing);
        return new Listings(next);
    }

    /** The same without some kinds. */
    public Listings without(Set<CapabilityKind> kinds) {
        Map<CapabilityKind, Listing> next = new HashMap<>(byKind);
        next.keySet().removeAll(kinds);
        return new Listings(next);
    }

    /** Whether nothing of it can be served. */
    public boolean isEmpty() {
        return byKind.values().stream().allMatch(listing -> listing.items().isEmpty());
    }
}
