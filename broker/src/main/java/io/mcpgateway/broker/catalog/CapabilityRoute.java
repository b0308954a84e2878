package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;
import java.util.Objects;

/**
 * A served name, URI or URI template resolved.
 *
 * @param ownName what the server itself calls it
 * @param hints of a tool; of other kinds unspecified
 * @param paramHeaders which arguments of a tool modern clients send as headers too; of other kinds none
 */
public record CapabilityRoute(
        CapabilityKind kind, ServerRoute server, String ownName, ToolHints hints, List<ParamHeader> paramHeaders) {
    public CapabilityRoute {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(ownName, "ownName");
        Objects.requireNonNull(hints, "hints");
        paramHeaders = List.copyOf(paramHeaders);
    }

    /** Of an item none of whose arguments are sent as headers. */
    public CapabilityRoute(CapabilityKind kind, ServerRoute server, String ownName, ToolHints hints) {
        this(kind, server, ownName, hints, List.of());
    }
}
