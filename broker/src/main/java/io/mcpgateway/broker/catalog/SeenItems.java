package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The items of one kind that a selection shows, each under the name that clients see. Immutable. */
public final class SeenItems {
    static final SeenItems NONE = new SeenItems(List.of(), Map.of());

    private final List<Served> inOrder;
    private final Map<String, Served> byName;
    /** Tools by the URI of their user interface. */
    private final Map<String, List<Served>> byUi;

    private SeenItems(List<Served> inOrder, Map<String, Served> byName) {
        this.inOrder = inOrder;
        this.byName = byName;
        this.byUi = inOrder.stream()
                .filter(item -> item.route().hints().uiResource().isPresent())
                .collect(Collectors.groupingBy(
                        item -> item.route().hints().uiResource().orElseThrow()));
    }

    /** Of items with one name the first counts. */
    static SeenItems of(Collection<Served> items) {
        // In the order in which they come, which is nearly that of their names, so sorting them is quick.
        Map<String, Served> byName = LinkedHashMap.newLinkedHashMap(items.size());
        items.forEach(item -> byName.putIfAbsent(item.name(), item));
        List<Served> inOrder = byName.values().stream()
                .sorted(Comparator.comparing(Served::name))
                .toList();
        return new SeenItems(inOrder, Map.copyOf(byName));
    }

    /** In order of name. */
    public List<Served> inOrder() {
        return inOrder;
    }

    /** The tools that have this user interface, in order of name. */
    List<Served> withUi(String uri) {
        return byUi.getOrDefault(uri, List.of());
    }

    Optional<Served> find(String seenName) {
        return Optional.ofNullable(byName.get(seenName));
    }

    /** Those whose names follow this one. */
    List<Served> after(String seenName) {
        return inOrder.subList(placeAfter(seenName), inOrder.size());
    }

    /** Whether the item of this name is the last of a page, if all are listed in pages of this size. */
    boolean endsPage(String seenName, int size) {
        int next = placeAfter(seenName);
        return next > 0 && next % size == 0 && inOrder.get(next - 1).name().equals(seenName);
    }

    private int placeAfter(String seenName) {
        int low = 0;
        int high = inOrder.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (inOrder.get(middle).name().compareTo(seenName) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SeenItems items && inOrder.equals(items.inOrder));
    }

    @Override
    public int hashCode() {
        return inOrder.hashCode();
    }

    @Override
    public String toString() {
        return byName.keySet().toString();
    }
}
