package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The essentials of all objects of one kind. An object, and the whole list, stay the very same while nothing essential
 * changes, so that comparing many of them with those before costs next to nothing. Not for several threads at once.
 */
final class Kept<T extends HasMetadata> {
    private record Known<T>(T watched, T essential) {}

    private final UnaryOperator<T> essentials;
    private Map<String, Known<T>> known = Map.of();
    private List<T> watched = List.of();
    private List<T> kept = List.of();

    Kept(UnaryOperator<T> essentials) {
        this.essentials = essentials;
    }

    /** @param objects as a watched copy has them */
    List<T> of(List<T> objects) {
        if (isSame(objects)) {
            return kept;
        }
        Map<String, Known<T>> next = HashMap.newHashMap(objects.size());
        List<T> now = new ArrayList<>(objects.size());
        for (T object : objects) {
            String key = key(object);
            Known<T> current = known(object, known.get(key));
            next.put(key, current);
            now.add(current.essential());
        }
        known = next;
        watched = objects;
        kept = now.equals(kept) ? kept : List.copyOf(now);
        return kept;
    }

    @SuppressWarnings("ReferenceEquality") // A watched copy replaces an object that has changed, and compares nothing.
    private boolean isSame(List<T> objects) {
        if (objects.size() != watched.size()) {
            return false;
        }
        for (int index = 0; index < objects.size(); index++) {
            if (objects.get(index) != watched.get(index)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private Known<T> known(T object, @Nullable Known<T> before) {
        if (before != null && before.watched() == object) {
            return before;
        }
        T essential = essentials.apply(object);
        return new Known<>(
                object, before != null && before.essential().equals(essential) ? before.essential() : essential);
    }

    private static String key(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }
}
