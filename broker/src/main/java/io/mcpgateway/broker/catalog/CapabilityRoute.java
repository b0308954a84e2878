package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Objects;

/**
 * A served name, URI or URI template resolved.
 *
 * @param ownName what the server itself calls it
 * @param hints of a tool; of other kinds unspecified
 */
public record CapabilityRoute(CapabilityKind kind, ServerRoute server, String ownName, ToolHints hints) {
    public CapabilityRoute {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(ownName, "ownName");
        Objects.requireNonNull(hints, "hints");
    }
}
