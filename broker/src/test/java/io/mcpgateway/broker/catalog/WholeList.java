package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Optional;

/** The list of a kind as a client gets it, in one page. */
public final class WholeList {
    private WholeList() {}

    public static RawJson of(CapabilityKind kind, CapabilityCatalog catalog, CapabilityView view) {
        return CapabilityLists.of(catalog).result(new PageRequest(kind, Optional.empty(), Integer.MAX_VALUE), view);
    }
}
