package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients on the official SDKs go on with an allowed revision, or tell their users which ones there are. */
class LimitedRevisionsTest {
    private static final String VIRTUAL_SERVERS = """
            virtualServers:
            - {name: demo/legacy, tools: [one_echo], protocolVersions: [2025-06-18, 2025-11-25]}
            - {name: demo/old, tools: [one_echo], protocolVersions: [2025-03-26]}
            - {name: demo/modern, tools: [one_echo], protocolVersions: [2026-07-28]}
            """;
    private static final long SECONDS = 90;

    private static RecordingBackend backend;
    private static TestGateway gateway;

    @BeforeAll
    static void serve() throws IOException {
        backend = RecordingBackend.start("echo");
        ServerEntry entry = ServerEntry.of("one", backend.url());
        gateway = TestGateway.start(Front.EMBEDDED, List.of(entry));
        gateway.serve(ServerEntry.yaml(List.of(entry)) + VIRTUAL_SERVERS);
        await("the virtual servers").until(() -> {
            try (McpClient client = McpClient.of(gateway.url())) {
                return client.post(McpClient.INITIALIZE, Map.of("X-Mcp-Virtualserver", "demo/old"))
                                .status()
                        == 200;
            }
        });
    }

    @AfterAll
    static void stop() {
        gateway.close();
        backend.close();
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(delimiter = '|', textBlock = """
            TYPESCRIPT | 1        | demo/legacy | 2025-11-25
            TYPESCRIPT | 1        | demo/old    | 2025-03-26
            TYPESCRIPT | 1        | demo/modern | the client has to support one of: 2026-07-28
            TYPESCRIPT | 2        | demo/old    | 2025-03-26
            TYPESCRIPT | 2        | demo/modern | the client has to support one of: 2026-07-28
            TYPESCRIPT | 2-auto   | demo/legacy | 2025-11-25
            TYPESCRIPT | 2-auto   | demo/modern | 2026-07-28
            TYPESCRIPT | 2-modern | demo/legacy | start with initialize and one of: 2025-11-25, 2025-06-18
            TYPESCRIPT | 2-modern | demo/modern | 2026-07-28
            PYTHON     | 1        | demo/old    | 2025-03-26
            PYTHON     | 1        | demo/modern | the client has to support one of: 2026-07-28
            PYTHON2    | 2        | demo/legacy | 2025-11-25
            PYTHON2    | 2        | demo/old    | 2025-03-26
            PYTHON2    | 2        | demo/modern | 2026-07-28
            PYTHON2    | 2-modern | demo/legacy | start with initialize and one of: 2025-11-25, 2025-06-18
            """)
    void clientsFallBackOrFailClearly(ForeignTool tool, String kind, String virtualServer, String expected)
            throws IOException, InterruptedException {
        assertThat(run(tool, kind, virtualServer).lines().toList().getLast())
                .satisfies(said -> assertThat(said.startsWith("FAILED")).isEqualTo(expected.contains(" ")))
                .contains(expected);
    }

    private static String run(ForeignTool tool, String kind, String virtualServer)
            throws IOException, InterruptedException {
        StrangerTools tools = new StrangerTools(Map.of(tool, Foreign.require(tool)), Map.of());
        Path folder = ProjectFolder.locate().resolve("e2e/foreign/strangers");
        List<String> program = tool == ForeignTool.TYPESCRIPT
                ? List.of(
                        tools.path(tool).resolve("node").toString(),
                        folder.resolve("limits.mjs").toString())
                : List.of("python3", folder.resolve("limits.py").toString());
        Path output = TestFolders.create("limits").resolve("client.txt");
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(kind, gateway.url().toString(), virtualServer));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(tools.environment(tool));
        Process client = builder.start();
        if (!client.waitFor(SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly();
        }
        return Files.readString(output);
    }
}
