package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.InMemoryRequests;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnlabelledSecretsTest {
    private static final ObjectKey KEY = new ObjectKey("team", "s");

    private final InMemoryRequests requests = new InMemoryRequests();
    private final UnlabelledSecrets secrets = new UnlabelledSecrets(requests, Clock.systemUTC());

    @Test
    void onlyTheEntriesOfASecretThatMayNotBeReadAreKept() {
        requests.create(secret(Map.of()));

        assertThat(secrets.get(KEY).orElseThrow().getData()).containsExactly(Map.entry("token", ""));
    }

    @Test
    void oneThatWasLabelledAMomentAgoIsThereWithItsValues() {
        requests.create(secret(Map.of("mcp.kuadrant.io/credential", "true")));

        assertThat(secrets.get(KEY).orElseThrow().getData()).containsExactly(Map.entry("token", "c2VjcmV0"));
    }

    private static Secret secret(Map<String, String> labels) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(KEY.namespace())
                .withName(KEY.name())
                .withLabels(labels)
                .endMetadata()
                .withData(Map.of("token", "c2VjcmV0"))
                .build();
    }
}
