package io.mcpgateway.controller.doctor.facts;

import java.util.Objects;
import java.util.Optional;

/** Something that was to be read: what it is, or why it could not be seen. */
public sealed interface Part<T> {
    record Read<T>(T value) implements Part<T> {
        public Read {
            Objects.requireNonNull(value, "value");
        }
    }

    record Unreadable<T>(Gap gap) implements Part<T> {
        public Unreadable {
            Objects.requireNonNull(gap, "gap");
        }
    }

    static <T> Part<T> of(T value) {
        return new Read<>(value);
    }

    /** What was read, if it was. */
    default Optional<T> found() {
        return switch (this) {
            case Read<T>(T value) -> Optional.of(value);
            case Unreadable<T> _ -> Optional.empty();
        };
    }

    default Optional<Gap> missing() {
        return switch (this) {
            case Read<T> _ -> Optional.empty();
            case Unreadable<T>(Gap gap) -> Optional.of(gap);
        };
    }
}
