package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.conditions.Conditions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A controller that looks after many registrations, each with a route of its own, beside the harness's single one. */
final class ManyRegistrations {
    private final ControllerHarness world;
    private final Duration patience;

    ManyRegistrations(ControllerHarness world, Duration patience) {
        this.world = world;
        this.patience = patience;
    }

    void register(int number) {
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
                """.replace("one", name(number)));
    }

    static String name(int number) {
        return "server" + number;
    }

    /** @param count all registrations of the cluster, that of the harness included */
    void awaitReady(int count) {
        await().atMost(patience).untilAsserted(() -> assertThat(ready()).isEqualTo(count));
    }

    private long ready() {
        return world.client.resources(MCPServerRegistration.class).inAnyNamespace().list().getItems().stream()
                .map(MCPServerRegistration::getStatus)
                .filter(status -> status != null
                        && Conditions.isTrue(status.conditions(), "Ready")
                        && Conditions.isTrue(status.conditions(), "Programmed"))
                .count();
    }

    /** Until nothing is reconciled for a second. */
    void awaitQuiet() {
        AtomicLong seen = new AtomicLong(-1);
        await().atMost(patience).during(Duration.ofSeconds(1)).until(() -> {
            long now = reconciles("registration") + reconciles("extension") + reconciles("virtualserver");
            return now == seen.getAndSet(now);
        });
    }

    /** How often the controller of a kind has reconciled so far: {@code extension}, {@code registration}, ... */
    long reconciles(String kind) {
        return world.registry
                .get("operator.sdk.controllers.execution.reconcile")
                .tag("controller", kind + "reconciler")
                .timer()
                .count();
    }
}
