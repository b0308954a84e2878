package io.mcpgateway.e2e.chaos;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;

/**
 * Something that breaks, and how callers may notice it.
 *
 * @param name its name in the table
 * @param traits its requirements and effects
 * @param fragile how calls to the affected server may end
 * @param steady how calls to the other server may end
 * @param prepare prepares the fault without an effect on callers; calls that began before it end before {@code
 *     inject}
 */
public record Fault(
        String name, Set<Trait> traits, Expectation fragile, Expectation steady, Step prepare, Step inject, Step heal) {
    /** The requirements of a fault, and the effects that must be visible. */
    public enum Trait {
        /** Needs Envoy. */
        ENVOY,
        /** Needs a session store. */
        STORE,
        /** It takes more than a few seconds. */
        LONG,
        /** Responses are so large that a tenth of the calls is enough. */
        LARGE,
        /** Some calls must fail. */
        SHOWS,
        /** Some calls during the fault must be answered. */
        ANSWERS
    }

    /** An action on the bed. */
    @FunctionalInterface
    public interface Step {
        void on(ChaosBed bed) throws IOException, InterruptedException;
    }

    public Fault {
        traits = Set.copyOf(traits);
        Objects.requireNonNull(fragile, "fragile");
        Objects.requireNonNull(steady, "steady");
        Objects.requireNonNull(prepare, "prepare");
        Objects.requireNonNull(inject, "inject");
        Objects.requireNonNull(heal, "heal");
    }

    /** A fault that needs no preparation. */
    public Fault(String name, Set<Trait> traits, Expectation fragile, Expectation steady, Step inject, Step heal) {
        this(name, traits, fragile, steady, _ -> {}, inject, heal);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether a bed meets the requirements. */
    public boolean runsOn(boolean envoy, boolean store) {
        return (envoy || !has(Trait.ENVOY)) && store == has(Trait.STORE);
    }

    @Override
    public String toString() {
        return name;
    }
}
