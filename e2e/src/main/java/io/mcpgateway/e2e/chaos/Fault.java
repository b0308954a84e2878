package io.mcpgateway.e2e.chaos;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;

/**
 * Something that breaks, and what callers may see of it.
 *
 * @param name as in the table
 * @param traits what it needs and does
 * @param fragile how calls of the server that it is about may end
 * @param steady the same for the other server
 * @param prepare changes nothing for callers, but for what follows; each call that began before it ends before {@code
 *     inject}
 */
public record Fault(
        String name, Set<Trait> traits, Expectation fragile, Expectation steady, Step prepare, Step inject, Step heal) {
    /** What a fault needs, and what has to be seen of it, lest it be no fault. */
    public enum Trait {
        /** There must be an Envoy. */
        ENVOY,
        /** There must be a session store. */
        STORE,
        /** It takes more than a few seconds. */
        LONG,
        /** Each answer is so large that a tenth of the calls will do. */
        LARGE,
        /** Some calls have to fail. */
        SHOWS,
        /** Some calls under the fault have to be answered. */
        ANSWERS
    }

    /** What is done to the bed. */
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

    /** Whether a bed has what this needs. */
    public boolean runsOn(boolean envoy, boolean store) {
        return (envoy || !has(Trait.ENVOY)) && store == has(Trait.STORE);
    }

    @Override
    public String toString() {
        return name;
    }
}
