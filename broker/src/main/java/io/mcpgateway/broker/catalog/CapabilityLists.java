package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityView.Listed;
import io.mcpgateway.broker.json.RawJson;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of the list methods, joined once per kind and view. Make one per catalogue and drop it with it, since
 * results of views that are gone stay until others take their place. Thread-safe; the least recently used results are forgotten once there are too many or they are too large together.
 * Authorised views are identified by the items that they actually show, so callers with the same permissions share a
 * result, whatever their tokens say.
 */
public final class CapabilityLists {
    /** How much is kept. */
    record Bounds(int views, long bytes) {
        static final Bounds DEFAULT = new Bounds(256, 32L * 1024 * 1024);
    }

    private static final int BYTES_PER_ITEM = 8; // a reference: the items themselves are the catalogue's

    private final Bounds bounds;
    private final Map<Key, RawJson> joined = new LinkedHashMap<>(16, 0.75f, true);

    /** The cache key of a page; equal only for views that show the same. */
    private sealed interface Key {
        record Same(PageRequest page, CapabilityView.Selected view) implements Key {}

        record Shown(PageRequest page, List<Listed> items) implements Key {}

        default long bytes() {
            return switch (this) {
                case Same(var _, var _) -> 0;
                case Shown(var _, List<Listed> items) -> (long) BYTES_PER_ITEM * items.size();
            };
        }
    }

    private CapabilityLists(Bounds bounds) {
        this.bounds = bounds;
    }

    /** None is joined yet. */
    public static CapabilityLists empty() {
        return new CapabilityLists(Bounds.DEFAULT);
    }

    static CapabilityLists bounded(Bounds bounds) {
        return new CapabilityLists(bounds);
    }

    /**
     * The {@code result} of a list request for one view. Only pages that a client gets by asking for one after the other
     * are kept: a cursor can be made up for any item. Of what an authorization shows, only the first page is kept.
     */
    public RawJson result(PageRequest request, CapabilityView view) {
        return switch (view) {
            case CapabilityView.Selected selected
            when selected.isRegular(request) -> cached(new Key.Same(request, selected), request, view);
            case CapabilityView.Authorized authorized
            when request.after().isEmpty() -> cached(shown(request, authorized), request, authorized);
            case CapabilityView.Selected _, CapabilityView.Authorized _, CapabilityView.Refused _ ->
                ListBody.page(request, view);
        };
    }

    private static Key shown(PageRequest page, CapabilityView.Authorized view) {
        List<Listed> items = view.listed(page.kind()).toList();
        return items.size() == view.selected().listed(page.kind()).count()
                ? new Key.Same(page, view.selected())
                : new Key.Shown(page, items);
    }

    private RawJson cached(Key key, PageRequest request, CapabilityView view) {
        synchronized (joined) {
            RawJson known = joined.get(key);
            if (known != null) {
                return known;
            }
        }
        RawJson body = ListBody.page(request, view);
        synchronized (joined) {
            joined.put(key, body);
            trim();
        }
        return body;
    }

    private void trim() {
        long bytes =
                joined.entrySet().stream().mapToLong(CapabilityLists::bytes).sum();
        Iterator<Map.Entry<Key, RawJson>> oldest = joined.entrySet().iterator();
        while (oldest.hasNext() && (joined.size() > bounds.views() || bytes > bounds.bytes())) {
            bytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    private static long bytes(Map.Entry<Key, RawJson> entry) {
        return entry.getKey().bytes() + entry.getValue().length();
    }
}
