package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.ToolCatalog.ServedTool;
import io.mcpgateway.broker.mcp.RawJson;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code tools/list} results of one catalogue, joined once per view. Make one per catalogue and drop it with it.
 * Thread-safe; the least recently used results are forgotten once there are too many or they are too large together.
 * Authorised views are told apart by the tools that they really show, so that callers with the same rights share a
 * result whatever their tokens say.
 */
public final class ToolLists {
    private static final int MAX_VIEWS = 128;
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final int BYTES_PER_NAME = 8; // a reference: the names themselves are the catalogue's

    private final ToolCatalog catalog;
    private final int maxViews;
    private final long maxBytes;
    private final Map<Key, RawJson> joined = new LinkedHashMap<>(16, 0.75f, true);

    /** What a result is kept under; equal only for views that show the same. */
    private sealed interface Key {
        record Same(ToolView.Selected view) implements Key {}

        record Shown(List<String> names) implements Key {}

        default long bytes() {
            return switch (this) {
                case Same(var _) -> 0;
                case Shown(List<String> names) -> (long) BYTES_PER_NAME * names.size();
            };
        }
    }

    private ToolLists(ToolCatalog catalog, int maxViews, long maxBytes) {
        this.catalog = catalog;
        this.maxViews = maxViews;
        this.maxBytes = maxBytes;
    }

    public static ToolLists of(ToolCatalog catalog) {
        return new ToolLists(catalog, MAX_VIEWS, MAX_BYTES);
    }

    static ToolLists bounded(ToolCatalog catalog, int maxViews, long maxBytes) {
        return new ToolLists(catalog, maxViews, maxBytes);
    }

    /** The catalogue that these lists are of. */
    public ToolCatalog catalog() {
        return catalog;
    }

    /** The {@code result} of {@code tools/list} for one view. */
    public RawJson result(ToolView view) {
        return switch (view) {
            case ToolView.Selected selected -> cached(new Key.Same(selected), view);
            case ToolView.Authorized authorized -> cached(shown(authorized), authorized);
            case ToolView.Refused _ -> ToolListBody.of(ToolCatalog.EMPTY, view);
        };
    }

    int cachedViews() {
        synchronized (joined) {
            return joined.size();
        }
    }

    private Key shown(ToolView.Authorized view) {
        List<String> names = catalog.tools().values().stream()
                .filter(tool -> view.shows(tool.name(), tool.route()))
                .map(ServedTool::name)
                .toList();
        return names.size() == catalog.tools().size() ? new Key.Same(new ToolView.Everything()) : new Key.Shown(names);
    }

    private RawJson cached(Key key, ToolView view) {
        synchronized (joined) {
            RawJson known = joined.get(key);
            if (known != null) {
                return known;
            }
        }
        RawJson body = ToolListBody.of(catalog, view);
        synchronized (joined) {
            joined.put(key, body);
            trim();
        }
        return body;
    }

    private void trim() {
        long bytes = joined.entrySet().stream().mapToLong(ToolLists::bytes).sum();
        Iterator<Map.Entry<Key, RawJson>> oldest = joined.entrySet().iterator();
        while (oldest.hasNext() && (joined.size() > maxViews || bytes > maxBytes)) {
            bytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    private static long bytes(Map.Entry<Key, RawJson> entry) {
        return entry.getKey().bytes() + entry.getValue().length();
    }
}
