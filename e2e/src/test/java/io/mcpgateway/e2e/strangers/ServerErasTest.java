package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which revisions the broker finds servers on the official SDKs to speak. */
class ServerErasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEGACY = "2025-11-25";
    private static final String MODERN = "2026-07-28";
    private static final String BOTH = LEGACY + " " + MODERN;

    private final Deque<RunningStranger> open = new ArrayDeque<>();
    private final List<ServerEntry> entries = new ArrayList<>();
    private final Map<String, String> expected = new TreeMap<>();

    @AfterEach
    void stop() {
        open.forEach(RunningStranger::close);
    }

    @Test
    void serversAreFoundToSpeakWhatTheySpeak() throws Exception {
        start("typescript2-only", StrangerServer.TYPESCRIPT2_ONLY, MODERN);
        start("typescript2", StrangerServer.TYPESCRIPT2, BOTH);
        start("python2", StrangerServer.PYTHON2, BOTH);
        start("fastmcp", StrangerServer.FASTMCP, BOTH);
        start("go-stateless", StrangerServer.GO_STATELESS, BOTH);
        start("go-only", StrangerServer.GO_ONLY, MODERN);
        start("go", StrangerServer.GO, LEGACY);
        start("python1", StrangerServer.PYTHON1, LEGACY);
        start("typescript1-session", StrangerServer.TYPESCRIPT1_SESSION, LEGACY);

        try (TestGateway gateway = TestGateway.start(Front.EMBEDDED, entries)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> found(gateway).keySet().containsAll(expected.keySet()));

            assertThat(found(gateway)).isEqualTo(expected);
            assertThat(status(gateway).toString()).contains("the server speaks only MCP 2026-07-28");
        }
    }

    private void start(String name, StrangerServer kind, String versions) throws IOException {
        RunningStranger server = RunningStranger.start(name, kind);
        open.push(server);
        entries.add(new ServerEntry("eras/" + name, server.url(), server.hostname(), name + "_"));
        expected.put("eras/" + name, versions);
    }

    /** The revisions of each server that is ready and has tools. */
    private static Map<String, String> found(TestGateway gateway) throws IOException, InterruptedException {
        Map<String, String> found = new TreeMap<>();
        for (JsonNode server : status(gateway).path("servers")) {
            if (server.path("ready").asBoolean() && server.path("totalTools").asInt() > 0) {
                List<String> versions = new ArrayList<>();
                server.path("protocolVersions").forEach(version -> versions.add(version.asText()));
                found.put(server.path("name").asText(), String.join(" ", versions));
            }
        }
        return found;
    }

    private static JsonNode status(TestGateway gateway) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(gateway.broker("/status")).build();
            return JSON.readTree(
                    client.send(request, BodyHandlers.ofByteArray()).body());
        }
    }
}
