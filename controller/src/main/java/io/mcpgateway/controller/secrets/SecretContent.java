package io.mcpgateway.controller.secrets;

import java.util.Objects;
import java.util.Optional;

/**
 * What the Secret that an object of ours names gives.
 *
 * @param <T> what is read from it
 */
public sealed interface SecretContent<T> {
    /** Empty when none is named, or there is nothing in it. */
    record Usable<T>(Optional<T> value) implements SecretContent<T> {
        public Usable {
            Objects.requireNonNull(value, "value");
        }
    }

    record Unusable<T>(SecretProblem problem) implements SecretContent<T> {
        public Unusable {
            Objects.requireNonNull(problem, "problem");
        }
    }
}
