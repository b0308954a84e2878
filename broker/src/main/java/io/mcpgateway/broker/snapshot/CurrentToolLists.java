package io.mcpgateway.broker.snapshot;

import io.mcpgateway.broker.catalog.ToolCatalog;
import io.mcpgateway.broker.catalog.ToolLists;
import io.mcpgateway.broker.catalog.ToolView;
import io.mcpgateway.broker.mcp.RawJson;

/** The {@code tools/list} results of the current snapshot; those of an older catalogue are dropped at the next use. */
public final class CurrentToolLists {
    private final SnapshotCell cell;
    private volatile ToolLists lists = ToolLists.of(ToolCatalog.EMPTY);

    public CurrentToolLists(SnapshotCell cell) {
        this.cell = cell;
    }

    /** The {@code result} of {@code tools/list} for one view. */
    public RawJson result(ToolView view) {
        ToolCatalog catalog = cell.get().catalog();
        ToolLists known = lists;
        if (isOf(known, catalog)) {
            return known.result(view);
        }
        ToolLists fresh = ToolLists.of(catalog);
        // A race replaces equal lists, or leaves older ones that the next request replaces.
        lists = fresh;
        return fresh.result(view);
    }

    @SuppressWarnings("ReferenceEquality") // comparing by content would cost more than joining the list anew
    private static boolean isOf(ToolLists lists, ToolCatalog catalog) {
        return lists.catalog() == catalog;
    }
}
