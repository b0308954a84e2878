package io.mcpgateway.broker.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class ConvergenceTest {
    @Test
    void endsWhenRoundsAreNoFasterAnyMore() {
        assertThat(endOf(round -> 1_000_000 / Math.min(round, 100))).isEqualTo(120);
    }

    @Test
    void goesOnThroughAPlateauAtTheStart() {
        assertThat(endOf(round -> round < 55 ? 900 : 300)).isEqualTo(75);
    }

    @Test
    void aLittleFasterIsTheMachinesMood() {
        assertThat(endOf(round -> 100_000 - round)).isEqualTo(60);
    }

    @Test
    void neverEndsWhileItHelps() {
        assertThat(endOf(round -> 1_000_000_000L / round)).isEqualTo(1_000);
    }

    /** After how many rounds it ends; 1,000 if it does not. */
    private static int endOf(IntToLongFunction nanos) {
        Convergence convergence = Convergence.NONE;
        while (!convergence.reached() && convergence.rounds() < 1_000) {
            convergence = convergence.after(nanos.applyAsLong(convergence.rounds() + 1));
        }
        return convergence.rounds();
    }
}
