package io.mcpgateway.controller.marks;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that entries of a list in a status should have and do not have yet.
 *
 * @param list the list's name in the status: {@code listeners}, {@code parents}
 * @param conditions all that such an entry should have, by the entry's index
 */
public record ConditionLists(String list, SortedMap<Integer, List<Condition>> conditions) {
    public ConditionLists {
        Objects.requireNonNull(list, "list");
        conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
    }

    /**
     * The entries whose conditions differ from those they should have; empty if none does.
     *
     * @param entries null counts as none
     * @param wanted the conditions of an entry as they should be, given those it has
     */
    static <T> Optional<ConditionLists> differing(
            String list,
            @Nullable List<T> entries,
            Function<T, @Nullable List<Condition>> conditions,
            BiFunction<T, List<Condition>, List<Condition>> wanted) {
        List<T> live = entries == null ? List.of() : entries;
        SortedMap<Integer, List<Condition>> changed = new TreeMap<>();
        for (int index = 0; index < live.size(); index++) {
            T entry = live.get(index);
            List<Condition> present = conditions.apply(entry);
            List<Condition> before = present == null ? List.of() : present;
            List<Condition> after = wanted.apply(entry, before);
            if (!after.equals(before)) {
                changed.put(index, after);
            }
        }
        return changed.isEmpty() ? Optional.empty() : Optional.of(new ConditionLists(list, changed));
    }
}
