package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of two instances, each of which knows its own sessions only, behind one cluster of Envoy. */
@Timeout(120)
class EnvoySessionAffinityTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final int SESSIONS = 20;
    private static final int CALLS = 3;

    private final Closer closer = new Closer();
    private RecordingBackend one;
    private RecordingBackend two;
    private TestGateway gateway;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    EnvoySessionAffinityTest() {}

    @BeforeEach
    void start() throws IOException {
        Front.ENVOY.envoy();
        one = closer.keep(RecordingBackend.start("echo"));
        two = closer.keep(RecordingBackend.start("echo"));
        // Envoy hashes where a name may have several addresses.
        URI url = URI.create("http://localhost:" + one.port() + "/mcp");
        gateway = closer.keep(TestGateway.start(Front.ENVOY, List.of(ServerEntry.of("pods", url))));
        gateway.awaitTools("the tool of both instances", List.of("pods_echo")::equals);
    }

    @AfterEach
    void stop() {
        closer.close();
    }

    @Test
    void everySessionStaysWithTheInstanceThatKnowsIt() throws IOException {
        balance("RING_HASH");

        for (int i = 0; i < SESSIONS; i++) {
            McpClient client = closer.keep(gateway.connect());
            for (int call = 0; call < CALLS; call++) {
                assertThat(client.call("pods_echo", "{}").text()).isEqualTo("echo");
            }
            assertThat(client.send("DELETE", Map.of()).status()).isEqualTo(200);
        }

        assertThat(Stream.of(one, two).mapToInt(pod -> pod.calls().size()).sum())
                .isEqualTo(SESSIONS * CALLS);
        assertThat(sessions(one.calls())).isNotEmpty();
        assertThat(sessions(two.calls())).isNotEmpty();
        assertThat(sessions(Stream.concat(one.calls().stream(), two.calls().stream())
                        .toList()))
                .hasSize(SESSIONS);
        await("the end of each session").atMost(Duration.ofSeconds(10)).until(() -> ended() == SESSIONS);
        assertThat(sessions(one.requests())).doesNotContainAnyElementsOf(sessions(two.requests()));
    }

    /** What the header is for: without the hash, calls reach an instance that does not know their session. */
    @Test
    void withoutTheHashSessionsAreLost() throws IOException {
        balance("ROUND_ROBIN");
        McpClient client = closer.keep(gateway.connect());
        List<String> answers = new ArrayList<>();

        for (int call = 0; call < SESSIONS; call++) {
            answers.add(client.call("pods_echo", "{}").body());
        }

        assertThat(answers).anyMatch(answer -> answer.contains("no longer knows"));
    }

    private long ended() {
        return Stream.of(one, two)
                .flatMap(pod -> pod.requests().stream())
                .filter(request -> request.method().equals("DELETE"))
                .count();
    }

    private static Set<String> sessions(List<Recorded> requests) {
        return requests.stream()
                .map(request -> request.header("x-mcp-session-affinity").orElseThrow())
                .collect(Collectors.toSet());
    }

    /** Adds the second instance to the server's cluster, as a name with two addresses would, and waits for Envoy. */
    private void balance(String policy) throws IOException {
        Path file = gateway.envoyFolder().resolve("cds.yaml");
        JsonNode clusters = YAML.readTree(file.toFile());
        for (JsonNode cluster : clusters.path("resources")) {
            ArrayNode endpoints = (ArrayNode) cluster.at("/load_assignment/endpoints/0/lb_endpoints");
            JsonNode first = endpoints.path(0);
            if (first.at("/endpoint/address/socket_address/port_value").asInt() == one.port()) {
                ObjectNode second = first.deepCopy();
                ((ObjectNode) second.at("/endpoint/address/socket_address")).put("port_value", two.port());
                endpoints.add(second);
                ((ObjectNode) cluster).put("lb_policy", policy);
            }
        }
        Path next = file.resolveSibling(".cds.yaml.test");
        YAML.writeValue(next.toFile(), clusters);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (McpClient admin = McpClient.of(
                URI.create("http://127.0.0.1:" + gateway.running().ports().envoyAdmin() + "/clusters"))) {
            await("Envoy's cluster of two instances")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> admin.send("GET", Map.of()).body().contains("127.0.0.1:" + two.port() + "::"));
        }
        one.forgetRequests();
    }
}
