package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Objects;
import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param after the seen name that the page follows; empty for the first page
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
}
