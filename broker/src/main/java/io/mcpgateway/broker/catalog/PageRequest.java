package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Which part of a list is wanted.
 *
 * @param after the served name that the page follows; empty for the first page
 * @param size the most items of a page
 */
public record PageRequest(CapabilityKind kind, Optional<String> after, int size) {
    public PageRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(after, "after");
        if (size <= 0) {
            throw new IllegalArgumentException("a page must have room for an item");
        }
    }

    /** Everything from the start of the page on. */
    Collection<Served> rest(SortedMap<String, Served> all) {
        // The smallest text that is greater than the name.
        return after.map(name -> all.tailMap(name + '\0')).orElse(all).values();
    }
}
