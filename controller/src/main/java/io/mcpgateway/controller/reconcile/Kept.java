package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
        for (T object : objects) {
            String key = key(object);
            next.put(key, known(object, known.get(key)));
        }
        List<T> now = objects.stream()
                .map(object -> next.get(key(object)).essential())
                .toList();
        known = next;
        watched = objects;
        kept = now.equals(kept) ? kept : now;
        return kept;
    }

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
