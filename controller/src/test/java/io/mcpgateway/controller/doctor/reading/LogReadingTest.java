package io.mcpgateway.controller.doctor.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.LogLine;
import io.mcpgateway.controller.doctor.facts.Part;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an API server that has two broker Pods, and lets only one of their logs be read. */
class LogReadingTest {
    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        server.expect()
                .get()
                .withPath("/api/v1/pods?labelSelector=app%3Dmcp-gateway")
                .andReturn(
                        200,
                        new PodListBuilder()
                                .withItems(List.of("a", "b").stream()
                                        .map(name -> new PodBuilder()
                                                .withNewMetadata()
                                                .withNamespace("mcp-system")
                                                .withName(name)
                                                .endMetadata()
                                                .withNewSpec()
                                                .addNewContainer()
                                                .withName("broker")
                                                .addNewEnv()
                                                .withName("MCP_AUDIT_LOG")
                                                .withValue(name.equals("b") ? "stdout" : "/dev/null")
                                                .endEnv()
                                                .endContainer()
                                                .endSpec()
                                                .build())
                                        .toList())
                                .build())
                .always();
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/mcp-system/pods/a/log?pretty=false&container=broker")
                .andReturn(200, "first\nsecond 7d8e0001\nthird\nlast 7d8e0001")
                .always();
        server.expect()
                .get()
                .withPath(
                        "/api/v1/namespaces/mcp-system/pods/a/log?pretty=false&container=broker&sinceTime=2026-12-01T02:00:00Z")
                .andReturn(200, "later 7d8e0001")
                .always();
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/mcp-system/pods/b/log?pretty=false&container=broker")
                .andReturn(403, "forbidden")
                .always();
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    @Test
    void linesThatNameTheRequestAreFoundAndTheRightThatIsMissingIsTold() throws InterruptedException {
        Map<String, Part<List<LogLine>>> found = new LogReading(client).brokers(Set.of("7d8e0001"), Optional.empty());

        assertThat(found.get("Pod mcp-system/a"))
                .isEqualTo(Part.of(List.of(
                        new LogLine("Pod mcp-system/a", "second 7d8e0001"),
                        new LogLine("Pod mcp-system/a", "last 7d8e0001"))));
        assertThat(Objects.requireNonNull(found.get("Pod mcp-system/b"))
                        .missing()
                        .flatMap(Gap::right))
                .contains(new Gap.Right("get", "", "pods/log", "mcp-system"));
    }

    @Test
    void olderLinesAreNotAskedFor() throws InterruptedException {
        assertThat(new LogReading(client)
                        .brokers(Set.of("7d8e0001"), Optional.of(Instant.parse("2026-12-01T02:00:00Z")))
                        .get("Pod mcp-system/a"))
                .isEqualTo(Part.of(List.of(new LogLine("Pod mcp-system/a", "later 7d8e0001"))));
    }

    @Test
    void aPodWhoseAuditLogIsStandardOutputIsNoticed() {
        assertThat(new LogReading(client).hasAuditLog()).isTrue();
    }
}
