package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.RawJson;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of the list methods for one catalogue, joined once per kind and view. Make one per catalogue and drop it with it.
 * Thread-safe; the least recently used results are forgotten once there are too many or they are too large together.
 * Authorised views are identified by the items that they actually show, so callers with the same permissions share a
 * result, whatever their tokens say.
 */
public final class CapabilityLists {
    /** How much is kept. */
    record Bounds(int views, long bytes) {
        static final Bounds DEFAULT = new Bounds(256, 32L * 1024 * 1024);
    }

    private static final int BYTES_PER_NAME = 8; // a reference: the names themselves are the catalogue's

    private final CapabilityCatalog catalog;
    private final Bounds bounds;
    private final Map<Key, RawJson> joined = new LinkedHashMap<>(16, 0.75f, true);

    /** The cache key of a first page; equal only for views that show the same. */
    private sealed interface Key {
        record Same(PageRequest page, CapabilityView.Selected view) implements Key {}

        record Shown(PageRequest page, List<String> names) implements Key {}

        default long bytes() {
            return switch (this) {
                case Same(var _, var _) -> 0;
                case Shown(var _, List<String> names) -> (long) BYTES_PER_NAME * names.size();
            };
        }
    }

    private CapabilityLists(CapabilityCatalog catalog, Bounds bounds) {
        this.catalog = catalog;
        this.bounds = bounds;
    }

    public static CapabilityLists of(CapabilityCatalog catalog) {
        return new CapabilityLists(catalog, Bounds.DEFAULT);
    }

    static CapabilityLists bounded(CapabilityCatalog catalog, Bounds bounds) {
        return new CapabilityLists(catalog, bounds);
    }

    /** The {@code result} of a list request for one view. Only first pages are kept: clients choose the others. */
    public RawJson result(PageRequest request, CapabilityView view) {
        if (request.after().isPresent()) {
            return ListBody.page(request, catalog, view);
        }
        return switch (view) {
            case CapabilityView.Selected selected -> cached(new Key.Same(request, selected), request, view);
            case CapabilityView.Authorized authorized -> cached(shown(request, authorized), request, authorized);
            case CapabilityView.Refused _ -> ListBody.page(request, CapabilityCatalog.EMPTY, view);
        };
    }

    private Key shown(PageRequest page, CapabilityView.Authorized view) {
        Collection<Served> all = catalog.of(page.kind()).values();
        List<String> names = all.stream()
                .filter(item -> view.shows(item.name(), item.route()))
                .map(Served::name)
                .toList();
        return names.size() == all.size()
                ? new Key.Same(page, new CapabilityView.Everything())
                : new Key.Shown(page, names);
    }

    private RawJson cached(Key key, PageRequest request, CapabilityView view) {
        synchronized (joined) {
            RawJson known = joined.get(key);
            if (known != null) {
                return known;
            }
        }
        RawJson body = ListBody.page(request, catalog, view);
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
