package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which revisions the broker finds servers on the official SDKs to speak, and that it lists all that they have. */
class ServerErasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOTH = "2025-11-25 2026-07-28";

    private final Deque<ChildProcess> open = new ArrayDeque<>();
    private final List<ServerEntry> entries = new ArrayList<>();
    private final Map<String, String> expected = new TreeMap<>();

    @AfterEach
    void stop() {
        open.forEach(ChildProcess::close);
    }

    @Test
    void serversOfBothErasAreListedInTheNewerOne() throws Exception {
        start("modern-only", StrangerServer.TYPESCRIPT2_ONLY, "2026-07-28: ");
        // Its resources have the URIs of the first one's, which keeps them.
        start("typescript2", StrangerServer.TYPESCRIPT2, BOTH + ": ");
        start("python2", StrangerServer.PYTHON2, BOTH + ": 11 1 1 1");
        start("fastmcp", StrangerServer.FASTMCP, BOTH + ": 7 1 1 1");
        start("python1", StrangerServer.PYTHON1, "2025-11-25: 11 1 1 1");
        start("session", StrangerServer.TYPESCRIPT1_SESSION, "2025-11-25");
        start("go-session", StrangerServer.GO, "2025-11-25: 28 5 3 1");

        try (TestGateway gateway = TestGateway.start(Front.EMBEDDED, entries)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> found(gateway).keySet().containsAll(expected.keySet()));

            Map<String, String> found = found(gateway);
            expected.forEach((name, what) -> assertThat(found.get(name)).as(name).startsWith(what));
            assertThat(status(gateway).toString()).contains("the server speaks only MCP 2026-07-28");
        }
    }

    private void start(String name, StrangerServer kind, String what) throws IOException {
        ForeignTool tool = kind.tool();
        StrangerTools tools = new StrangerTools(Map.of(tool, Foreign.require(tool)), Map.of());
        int port = FreePort.next();
        List<String> command = kind.command(ProjectFolder.locate(), tools, port, name + ".mcp.local");
        Map<String, String> environment = new HashMap<>(tools.environment(tool));
        environment.put("PORT", Integer.toString(port));
        Path log = TestFolders.create("eras-" + name).resolve("server.log");
        open.push(ChildProcess.start(name, command, environment, log));
        URI url = URI.create("http://127.0.0.1:" + port + "/mcp");
        entries.add(new ServerEntry("eras/" + name, url, name + ".mcp.local", name + "_"));
        expected.put("eras/" + name, what);
    }

    /** Of each server that is ready: its revisions, and how many tools, prompts, resources and templates it has. */
    private static Map<String, String> found(TestGateway gateway) throws IOException, InterruptedException {
        Map<String, String> found = new TreeMap<>();
        for (JsonNode server : status(gateway).path("servers")) {
            if (server.path("ready").asBoolean()) {
                List<String> versions = new ArrayList<>();
                server.path("protocolVersions").forEach(version -> versions.add(version.asText()));
                found.put(
                        server.path("name").asText(),
                        String.join(" ", versions) + ": " + server.path("totalTools") + " " + server.path("totalPrompts")
                                + " " + server.path("totalResources") + " " + server.path("totalResourceTemplates"));
            }
        }
        return found;
    }

    private static JsonNode status(TestGateway gateway) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(gateway.broker("/status")).build();
            return JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
        }
    }
}
