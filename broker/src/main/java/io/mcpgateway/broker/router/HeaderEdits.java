package io.mcpgateway.broker.router;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes to a request's headers: first {@code remove}, then {@code set} (overwrite). Pseudo headers
 * ({@code :authority}, {@code :path}) may be set. Names are lower case; {@code set} keeps its order.
 */
public record HeaderEdits(Map<String, String> set, Set<String> remove) {
    public static final HeaderEdits NONE = new HeaderEdits(Map.of(), Set.of());

    public HeaderEdits {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        remove = remove.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(remove));
    }

    /** These edits, and {@code later} ones on what they made. */
    public HeaderEdits then(HeaderEdits later) {
        Map<String, String> both = new LinkedHashMap<>(set);
        both.keySet().removeAll(later.remove);
        both.putAll(later.set);
        Set<String> removed = new TreeSet<>(remove);
        removed.addAll(later.remove);
        return new HeaderEdits(both, removed);
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "HeaderEdits[set=" + set.keySet() + ", remove=" + remove + "]";
    }
}
