package io.mcpgateway.e2e.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code trace} of the built controller, at a real gateway with an audit log (docs/trace.md). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TraceContract {
    private record Run(int exit, String output) {}

    private final Front front;
    private final ObjectMapper json = new ObjectMapper();
    private final List<AutoCloseable> started = new ArrayList<>();
    private TestGateway gateway;
    private Path audit;

    TraceContract(Front front) {
        this.front = front;
    }

    @BeforeAll
    void start() throws IOException {
        SampleServer server = SampleServer.start(SampleOptions.local(SampleKind.SERVER1));
        started.add(server);
        audit = TestFolders.create("audit").resolve("audit.log");
        gateway = TestGateway.start(front, List.of(ServerEntry.of("s1", server.url())), "--audit-log=" + audit);
        started.add(gateway);
        gateway.awaitTools("the server's tools", tools -> tools.contains("s1_greet"));
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
    }

    @Test
    void aCallIsFollowedToItsServerAndIntoTheAuditLog() throws Exception {
        Run run = trace("s1_greet", "--arg", "name=Ann", "--log", audit.toString(), "-o", "json");

        assertThat(run.exit()).as(run.output()).isZero();
        JsonNode report = json.readTree(run.output());
        assertThat(report.at("/result/outcome").asText()).isEqualTo("ok");
        assertThat(report.at("/result/text").asText()).contains("Ann");
        JsonNode line = report.at("/audit/0/line");
        JsonNode decision = report.at("/decisions/0");
        assertThat(line.path("decision").asText()).isEqualTo("forwarded");
        assertThat(decision.path("decision").asText()).isEqualTo("forwarded");
        assertThat(decision.path("server").asText())
                .isEqualTo(line.path("server").asText())
                .isNotEmpty();
        assertThat(decision.at("/headers/x-mcp-toolname").asText()).isEqualTo("greet");

        Run again = trace("--request-id", line.path("requestId").asText(), "--log", audit.toString());
        assertThat(again.output()).contains("DECISION   forwarded to ");
        assertThat(again.exit()).isZero();
    }

    @Test
    void aModernClientsCallToALegacyServerIsBridged() throws Exception {
        Run run = trace("s1_greet", "--arg", "name=Ann", "--protocol-version", "2026-07-28");

        assertThat(run.output()).contains("the client is modern (2026-07-28), the server legacy (", "RESULT     OK");
    }

    @Test
    void aToolThatDoesNotExistIsRefusedByTheRouter() throws Exception {
        Run run = trace("s1_nothing");

        assertThat(run.output()).contains("DECISION   refused, HTTP 200\n", "RESULT     REFUSED, HTTP 200: -32602 ");
        assertThat(run.exit()).isEqualTo(1);
    }

    private Run trace(String... line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProjectFolder.java(),
                "-jar",
                ProjectFolder.locate()
                        .resolve("controller/target/mcp-gateway-controller.jar")
                        .toString(),
                "trace"));
        command.addAll(List.of(line));
        if (!List.of(line).contains("--request-id")) {
            command.addAll(List.of(
                    "--config",
                    "config.yaml",
                    "--url",
                    gateway.url().toString(),
                    "--broker-url",
                    gateway.broker("/").toString()));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
