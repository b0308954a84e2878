package io.mcpgateway.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretConfigSourceTest {
    private static final String ONE = "servers: [{name: ns/one, url: 'http://127.0.0.1:1/mcp', toolPrefix: a_}]\n";
    private static final String TWO = ONE.replace("a_", "b_");

    private final SnapshotCell cell = new SnapshotCell();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KubernetesMockServer server = server();
    private final KubernetesClient cluster = server.createClient();
    private final SecretConfigSource source = new SecretConfigSource(
            new SecretName("mcp-system", "mcp-gateway-config"),
            new ConfigApplier(cell, new GatewayMetrics(registry), Optional.empty(), Set.of("mcp.example.com")),
            server.createClient());

    @BeforeEach
    void begin() {
        cluster.resource(secret("mcp-gateway-config", ONE)).create();
        source.start();
        await().untilAsserted(() -> assertThat(cell.get().configHash()).isEqualTo(ConfigHash.of(ONE)));
    }

    @AfterEach
    void end() {
        source.close();
        cluster.close();
        server.destroy();
    }

    @Test
    void aChangeOfTheSecretRunsAtOnce() {
        await().until(source::isWatching);

        cluster.resource(secret("mcp-gateway-config", TWO)).update();

        await().untilAsserted(() -> assertThat(prefix()).isEqualTo("b_"));
        assertThat(cell.get().configHash()).isEqualTo(ConfigHash.of(TWO));
    }

    @Test
    void aDocumentThatDoesNotParseIsRefusedAsAWholeAndSaidOnce() {
        cluster.resource(secret("mcp-gateway-config", "servers: [")).update();

        await().untilAsserted(() -> assertThat(refused()).isEqualTo(1.0));
        assertThat(prefix()).isEqualTo("a_");
    }

    @Test
    void anEntryThatIsMissingIsRefused() {
        Secret empty = secret("mcp-gateway-config", ONE);
        empty.setData(Map.of("other", "eA=="));
        cluster.resource(empty).update();

        await().untilAsserted(() -> assertThat(refused()).isEqualTo(1.0));
        assertThat(prefix()).isEqualTo("a_");
    }

    @Test
    void aDeletedSecretKeepsTheLastGoodConfigurationAndItsReturnIsSeen() {
        cluster.resource(secret("mcp-gateway-config", ONE)).delete();
        cluster.resource(secret("mcp-gateway-config", TWO)).create();

        await().untilAsserted(() -> assertThat(prefix()).isEqualTo("b_"));
        assertThat(refused()).isZero();
    }

    @Test
    void otherSecretsAreNoneOfItsBusiness() {
        cluster.resource(secret("other", "servers: [")).create();
        cluster.resource(secret("mcp-gateway-config", TWO)).update();

        await().untilAsserted(() -> assertThat(prefix()).isEqualTo("b_"));
        assertThat(refused()).isZero();
    }

    private String prefix() {
        return cell.get().config().servers().getFirst().toolPrefix();
    }

    private double refused() {
        return registry.find("mcp_broker_config_loads").tag("outcome", "refused").counters().stream()
                .mapToDouble(io.micrometer.core.instrument.Counter::count)
                .sum();
    }

    private static Secret secret(String name, String document) {
        String encoded = Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("mcp-system")
                .withName(name)
                .endMetadata()
                .withData(Map.of("config.yaml", encoded))
                .build();
    }

    private static KubernetesMockServer server() {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new KubernetesMixedDispatcher(responses), false);
        server.init();
        return server;
    }
}
