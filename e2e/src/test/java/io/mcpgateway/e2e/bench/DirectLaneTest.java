package io.mcpgateway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.GatewayCommands;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The experiment of the benchmark. No broker runs, so an answer shows that Envoy did not ask the router. */
class DirectLaneTest {
    private static final String CALL = BenchTraffic.call("tool0");
    private static final Map<String, String> HEADERS =
            Map.of("mcp-protocol-version", "2026-07-28", "mcp-method", "tools/call", "mcp-name", "tool0");

    private final ProjectFolder project = ProjectFolder.locate();
    private final Path envoy = Foreign.require(ForeignTool.ENVOY);

    @Test
    void onlyCallsOfTheServersOwnUrlAreRoutedByTheirHeaders() throws Exception {
        Path folder = TestFolders.create("direct-lane");
        try (BenchBackend backend = BenchBackend.start(1, true)) {
            writeConfig(folder, backend.port());
            try (DirectLane lane = DirectLane.start(project, envoy, folder);
                    RawConnection connection = RawConnection.open(lane.port())) {
                RawConnection.Answer answer = connection.exchange(connection.message(DirectLane.PATH, CALL, HEADERS));

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).contains(BenchBackend.ANSWER);
                assertThat(status(connection, "/mcp", HEADERS)).isEqualTo(500);
                assertThat(status(connection, DirectLane.PATH, with("mcp-name", "other")))
                        .isEqualTo(500);
                assertThat(status(connection, DirectLane.PATH, with("mcp-method", "prompts/get")))
                        .isEqualTo(500);
                assertThat(status(connection, DirectLane.PATH, with("authorization", "Bearer x")))
                        .isEqualTo(500);
            }
        }
    }

    private void writeConfig(Path folder, int backend) throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(
                config,
                ServerEntry.yaml(List.of(ServerEntry.of("bench", URI.create("http://127.0.0.1:" + backend + "/mcp")))));
        Path output = Files.createDirectories(folder.resolve("gateway"));
        List<String> command = new GatewayCommands(project, GatewayPorts.free()).envoyConfig(config, output);
        try (ChildProcess writer =
                ChildProcess.start("envoy-config", command, Map.of(), folder.resolve("envoy-config.log"))) {
            assertThat(writer.ended().join()).isZero();
        }
    }

    private static int status(RawConnection connection, String path, Map<String, String> headers) throws IOException {
        return connection.exchange(connection.message(path, CALL, headers)).status();
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.put(name, value);
        return headers;
    }
}
