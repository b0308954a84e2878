package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.conditions.Conditions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one change costs must not depend on how many registrations there are. */
class ManyRegistrationsTest {
    private static final int MANY = 40;

    private final ControllerHarness world = new ControllerHarness();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void oneMoreRegistrationIsNoWorkForTheOthers() {
        world.withWorld();
        for (int number = 0; number < MANY; number++) {
            register(number);
        }
        world.start();
        awaitReady(MANY + 1);
        awaitQuiet();
        long before = reconciles();

        register(MANY);
        awaitReady(MANY + 2);
        awaitQuiet();

        assertThat(reconciles() - before)
                .as("reconciles of registrations, of which there are %d", MANY + 2)
                .isBetween(1L, MANY / 2L);
    }

    private void register(int number) {
        world.cluster.create("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: one, namespace: team}
                spec:
                  parentRefs: [{name: mcp-gateway, namespace: gateway-system, sectionName: mcps}]
                  hostnames: [one.mcp.local]
                  rules: [{backendRefs: [{name: weather, port: 9090}]}]
                ---
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPServerRegistration
                metadata: {name: one, namespace: team}
                spec: {toolPrefix: one_, targetRef: {name: one}}
                """.replace("one", "server" + number));
    }

    private void awaitReady(int count) {
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(ready()).isEqualTo(count));
    }

    private long ready() {
        return world.client.resources(MCPServerRegistration.class).inAnyNamespace().list().getItems().stream()
                .map(MCPServerRegistration::getStatus)
                .filter(status -> status != null
                        && Conditions.isTrue(status.conditions(), "Ready")
                        && Conditions.isTrue(status.conditions(), "Programmed"))
                .count();
    }

    private void awaitQuiet() {
        AtomicLong seen = new AtomicLong(-1);
        await().atMost(ControllerHarness.LONG).during(Duration.ofSeconds(1)).until(() -> {
            long now = reconciles();
            return now == seen.getAndSet(now);
        });
    }

    private long reconciles() {
        return world.registry
                .get("operator.sdk.controllers.execution.reconcile")
                .tag("controller", "registrationreconciler")
                .timer()
                .count();
    }
}
