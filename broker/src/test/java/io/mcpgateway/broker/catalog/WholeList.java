package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Optional;

/** The list of a kind as a client gets it, in one page. */
public final class WholeList {
    private WholeList() {}

    public static RawJson of(CapabilityKind kind, CapabilityView view) {
        return CapabilityLists.empty().result(new PageRequest(kind, Optional.empty(), Integer.MAX_VALUE), view);
    }
}
