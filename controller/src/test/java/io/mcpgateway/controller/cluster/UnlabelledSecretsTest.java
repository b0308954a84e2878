package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.InMemoryRequests;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void oneThatTheControllerMayNotReadCountsAsMissing() {
        UnlabelledSecrets refused = new UnlabelledSecrets(new Refusing(403), Clock.systemUTC());

        assertThat(refused.get(KEY)).isEmpty();
    }

    @Test
    void anApiServerInTroubleIsNotAMissingSecret() {
        UnlabelledSecrets failing = new UnlabelledSecrets(new Refusing(500), Clock.systemUTC());

        assertThatThrownBy(() -> failing.get(KEY)).isInstanceOf(KubernetesClientException.class);
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

    /** An API server that answers every read with one status. */
    private record Refusing(int status) implements ApiRequests {
        @Override
        public <T extends HasMetadata> Optional<T> read(Class<T> type, ObjectKey key) {
            throw new KubernetesClientException("refused", status, null);
        }

        @Override
        public <T extends HasMetadata> T create(T object) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public <T extends HasMetadata> T replace(T object) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public void delete(HasMetadata object) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public void patchStatus(HasMetadata object, String patch) {
            throw new AssertionError("nothing is written");
        }
    }
}
