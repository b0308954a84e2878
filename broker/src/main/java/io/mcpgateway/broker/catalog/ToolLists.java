package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.mcp.RawJson;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code tools/list} results of one catalogue, joined once per view. Make one per catalogue and drop it with it.
 * Thread-safe; the least recently used results are forgotten once there are too many or they are too large together.
 */
public final class ToolLists {
    private static final int MAX_VIEWS = 128;
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final String EVERYTHING = "";

    private final ToolCatalog catalog;
    private final int maxViews;
    private final long maxBytes;
    private final Map<String, Joined> joined = new LinkedHashMap<>(16, 0.75f, true);

    /** A result together with the view that it was made for: keys alone are not trusted to tell views apart. */
    private record Joined(ToolView view, RawJson body) {}

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
            case ToolView.Everything() -> cached(EVERYTHING, view);
            case ToolView.Only(String key, var _) -> cached("only " + key, view);
            case ToolView.Refused _ -> ToolListBody.of(ToolCatalog.EMPTY, view);
        };
    }

    int cachedViews() {
        synchronized (joined) {
            return joined.size();
        }
    }

    private RawJson cached(String key, ToolView view) {
        synchronized (joined) {
            Joined known = joined.get(key);
            if (known != null && known.view().equals(view)) {
                return known.body();
            }
        }
        RawJson body = ToolListBody.of(catalog, view);
        synchronized (joined) {
            joined.put(key, new Joined(view, body));
            trim();
        }
        return body;
    }

    private void trim() {
        long bytes = joined.values().stream()
                .mapToLong(entry -> entry.body().length())
                .sum();
        Iterator<Joined> oldest = joined.values().iterator();
        while (oldest.hasNext() && (joined.size() > maxViews || bytes > maxBytes)) {
            bytes -= oldest.next().body().length();
            oldest.remove();
        }
    }
}
