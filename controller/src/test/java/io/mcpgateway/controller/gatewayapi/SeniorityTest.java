package io.mcpgateway.controller.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.controller.testing.ObjectYaml;
import org.junit.jupiter.api.Test;

class SeniorityTest {
    @Test
    void theOldestComesFirstAndTheUidBreaksTies() {
        HasMetadata old = object("ns", "z", "2025-12-31T23:59:59Z", "9");
        HasMetadata first = object("ns", "b", "2026-01-01T00:00:00Z", "1");
        HasMetadata second = object("ns", "a", "2026-01-01T00:00:00Z", "2");

        assertThat(Seniority.OLDEST_THEN_UID.compare(old, first)).isNegative();
        assertThat(Seniority.OLDEST_THEN_UID.compare(first, second)).isNegative();
        assertThat(Seniority.OLDEST_THEN_UID.compare(second, first)).isPositive();
        assertThat(Seniority.OLDEST_THEN_UID.compare(first, first)).isZero();
    }

    @Test
    void whereUsersShallPredictTheOrderTheNameBreaksTies() {
        HasMetadata first = object("ns", "a", "2026-01-01T00:00:00Z", "2");
        HasMetadata second = object("ns", "b", "2026-01-01T00:00:00Z", "1");

        assertThat(Seniority.OLDEST_THEN_NAME.compare(first, second)).isNegative();
    }

    private static HasMetadata object(String namespace, String name, String created, String uid) {
        return ObjectYaml.read(
                Secret.class,
                "metadata: {namespace: %s, name: %s, uid: '%s', creationTimestamp: '%s'}"
                        .formatted(namespace, name, uid, created));
    }
}
