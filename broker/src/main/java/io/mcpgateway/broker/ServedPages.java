package io.mcpgateway.broker;

import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.PageRequest;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.util.Optional;

/** The pages of {@code tools/list} and the other lists, from what is served now. */
record ServedPages(SnapshotCell cell, int itemsPerPage) {
    /** @param after the last item of the page before */
    RawJson page(CapabilityKind kind, Optional<String> after, CapabilityView view) {
        return cell.get().lists().result(new PageRequest(kind, after, itemsPerPage), view);
    }
}
