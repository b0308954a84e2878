package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.testing.CountedCalls;
import io.mcpgateway.controller.testing.RecordingRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What one change costs, however many registrations there are. {@code -Dmany=500} tries it with more than a test
 * usually needs, and prints the counts. The counts also say how many types and methods of the controller ran, as {@code make trace}
 * does for a request to the broker; {@code -Dmany=1} is the change of a single registration.
 */
class ChangeCostTest {
    private static final int MANY = Integer.getInteger("many", 12);
    private static final String BASE = "io.mcpgateway.controller.";
    private static final String EXTENSION_PLANS = BASE + "extension.ExtensionPlanner::plan";
    private static final String REGISTRATION_PLANS = BASE + "registration.RegistrationPlanner::plan";
    private static final String FACTS = BASE + "translation.ObjectFacts::of";
    private static final String CONFIGURATIONS = BASE + "desired.RenderedConfig::of";

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
        Map<String, Long> change = countedWhile(this::changeTheRegistration);
        int asked = requests.count() - before;
        Map<String, Long> noise = countedWhile(() -> world.changeStatus(
                Gateway.class,
                "gateway-system",
                "mcp-gateway",
                gateway -> gateway.getStatus().getListeners().forEach(listener -> listener.setAttachedRoutes(7))));

        System.out.printf(
                "registrations=%d requests=%d change=%s gateway's status=%s%n",
                MANY, asked, summary(change), summary(noise));
        assertThat(change)
                .as("calls for the change of one registration")
                .containsEntry(REGISTRATION_PLANS, 1L)
                .containsEntry(EXTENSION_PLANS, 0L)
                .containsEntry(FACTS, (long) MANY)
                .containsEntry(CONFIGURATIONS, 1L);
        assertThat(asked).as("requests, however many registrations there are").isLessThanOrEqualTo(10);
        assertThat(noise)
                .as("calls when Istio counts the routes of a listener")
                .containsEntry(REGISTRATION_PLANS, 0L)
                .containsEntry(FACTS, 0L);
    }

    private void changeTheRegistration() {
        world.change(
                MCPServerRegistration.class,
                "team",
                "weather",
                registration -> registration.setSpec(ObjectEdits.withPrefix(registration.getSpec(), "other_")));
    }

    private static String summary(Map<String, Long> calls) {
        List<String> methods = calls.keySet().stream()
                .filter(method -> method.startsWith(BASE) && calls.getOrDefault(method, 0L) > 0)
                .toList();
        return "%d types, %d methods, %d invocations"
                .formatted(
                        methods.stream()
                                .map(method -> method.split("[$:]", 2)[0])
                                .distinct()
                                .count(),
                        methods.size(),
                        methods.stream()
                                .mapToLong(method -> calls.getOrDefault(method, 0L))
                                .sum());
    }

    private Map<String, Long> countedWhile(Runnable change) {
        try (CountedCalls calls = CountedCalls.ofOurTypes()) {
            change.run();
            many.awaitQuiet();
            many.awaitReady(MANY);
            return calls.counts();
        }
    }
}
