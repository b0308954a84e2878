package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One change of a watched object. Before is null for a new object, after for a deleted one; never both. */
record Change<T extends HasMetadata>(
        @Nullable T before, @Nullable T after) {
    /** Both existing versions; indexes are read with each, because the change may have moved the object. */
    Stream<T> versions() {
        return Stream.of(before, after).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    /** The object as it is now; empty if it is gone. */
    Optional<T> present() {
        return Optional.ofNullable(after);
    }

    String namespace() {
        return any().getMetadata().getNamespace();
    }

    String name() {
        return any().getMetadata().getName();
    }

    ObjectKey key() {
        return ObjectKey.of(any());
    }

    /** Whether more than the status changed: created, deleted, being deleted, or its spec has changed. */
    boolean isOfSpec() {
        return before == null
                || after == null
                || differs(object -> object.getMetadata().getGeneration())
                || differs(object -> object.getMetadata().getDeletionTimestamp());
    }

    /** Whether one aspect has changed; true for an object that is new or deleted. */
    boolean differs(Function<T, @Nullable Object> aspect) {
        return before == null || after == null || !Objects.equals(aspect.apply(before), aspect.apply(after));
    }

    /** Whether something holds now that did not before. */
    boolean begins(Predicate<T> state) {
        return after != null && state.test(after) && (before == null || !state.test(before));
    }

    private T any() {
        if (after != null) {
            return after;
        }
        return Objects.requireNonNull(before, "a change has a version before or after");
    }
}
