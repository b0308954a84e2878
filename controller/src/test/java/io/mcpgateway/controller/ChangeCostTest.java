package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.testing.CountedCalls;
import io.mcpgateway.controller.testing.RecordingRequests;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What one change costs, however many registrations there are. {@code -Dmany=500} tries it with more than a test
 * usually needs, and prints the counts.
 */
class ChangeCostTest {
    private static final int MANY = Integer.getInteger("many", 12);
    private static final String BASE = "io.mcpgateway.controller.";
    private static final String[] COUNTED = {
        BASE + "extension.ExtensionPlanner::plan",
        BASE + "registration.RegistrationPlanner::plan",
        BASE + "translation.ObjectFacts::of",
        BASE + "desired.RenderedConfig::of"
    };

    private final ControllerHarness world = new ControllerHarness();
    private final ManyRegistrations many = new ManyRegistrations(world, Duration.ofMinutes(5));

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aChangeIsTranslatedOnceForAllReconcilers() {
        world.withWorld();
        for (int number = 1; number < MANY; number++) {
            many.register(number);
        }
        RecordingRequests requests = world.start();
        many.awaitReady(MANY);
        many.awaitQuiet();

        int before = requests.count();
        Map<String, Long> change = countedWhile(() -> world.change(
                MCPServerRegistration.class,
                "team",
                "weather",
                registration -> registration.setSpec(ObjectEdits.withPrefix(registration.getSpec(), "other_"))));
        int asked = requests.count() - before;
        Map<String, Long> noise = countedWhile(() -> world.changeStatus(
                Gateway.class,
                "gateway-system",
                "mcp-gateway",
                gateway -> gateway.getStatus().getListeners().forEach(listener -> listener.setAttachedRoutes(7))));

        System.out.printf("registrations=%d requests=%d change=%s gateway's status=%s%n", MANY, asked, change, noise);
        assertThat(change)
                .as("calls for the change of one registration")
                .containsEntry("RegistrationPlanner::plan", 1L)
                .containsEntry("ExtensionPlanner::plan", 0L)
                .containsEntry("ObjectFacts::of", (long) MANY)
                .containsEntry("RenderedConfig::of", 1L);
        assertThat(asked).as("requests, however many registrations there are").isLessThanOrEqualTo(10);
        assertThat(noise)
                .as("calls when Istio counts the routes of a listener")
                .containsEntry("RegistrationPlanner::plan", 0L)
                .containsEntry("ObjectFacts::of", 0L);
    }

    private Map<String, Long> countedWhile(Runnable change) {
        try (CountedCalls calls = new CountedCalls(COUNTED)) {
            change.run();
            many.awaitQuiet();
            many.awaitReady(MANY);
            return calls.counts();
        }
    }
}
