package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.controller.testing.RecordingRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Controllers that are killed in the middle of their work. */
class ControllerCrashTest {
    private final ControllerHarness world = new ControllerHarness();

    @AfterEach
    void end() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void aControllerThatIsKilledBetweenAnyTwoWritesLeavesNothingThatItsSuccessorCannotFinish(int writes) {
        world.withWorld();
        RecordingRequests first = world.start(writes);
        await().atMost(ControllerHarness.LONG).until(first::isDead);
        world.stop();

        world.start();

        world.awaitReady();
        assertThat(world.ours(Secret.class)).hasSize(2);
        assertThat(world.ours(EnvoyFilter.class)).hasSize(1);
    }
}
