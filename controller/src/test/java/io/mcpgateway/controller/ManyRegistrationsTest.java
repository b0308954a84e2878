package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one change costs must not depend on how many registrations there are. */
class ManyRegistrationsTest {
    private static final int MANY = 40;

    private final ControllerHarness world = new ControllerHarness();
    private final ManyRegistrations many = new ManyRegistrations(world, ControllerHarness.LONG);

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void oneMoreRegistrationIsNoWorkForTheOthers() {
        world.withWorld();
        for (int number = 0; number < MANY; number++) {
            many.register(number);
        }
        world.start();
        many.awaitReady(MANY + 1);
        many.awaitQuiet();
        long before = many.reconciles("registration");

        many.register(MANY);
        many.awaitReady(MANY + 2);
        many.awaitQuiet();

        assertThat(many.reconciles("registration") - before)
                .as("reconciles of registrations, of which there are %d", MANY + 2)
                .isBetween(1L, MANY / 2L);
    }
}
