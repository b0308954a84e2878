package io.mcpgateway.controller.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.mcpgateway.controller.testing.CommandRun;
import io.mcpgateway.controller.testing.FakeBroker;
import io.mcpgateway.controller.testing.FakeCluster;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against an API server in memory, and without a cluster. */
class DoctorCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void anEmptyClusterLacksTheController() throws JsonProcessingException {
        try (FakeCluster cluster = new FakeCluster()) {
            CommandRun run = run(cluster, "-o", "json");

            JsonNode report = new ObjectMapper().readTree(run.out());
            assertThat(report.path("version").asInt()).isEqualTo(1);
            assertThat(report.path("healthy").asBoolean(true)).isFalse();
            assertThat(report.at("/cause/verdict").asText()).isEqualTo("broken");
            assertThat(report.at("/cause/reason").asText()).isEqualTo("IstiodMissing");
            assertThat(report.path("findings")).anySatisfy(finding -> {
                assertThat(finding.path("reason").asText()).isEqualTo("ControllerMissing");
                assertThat(finding.path("fix")).isNotEmpty();
            });
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("doctor: reading the objects of ");
            assertThat(cluster.requests()).allMatch(request -> request.startsWith("GET "));
        }
    }

    /** What the controller would have to do is missing, and no Pod can be asked. */
    @Test
    void aWholeClusterIsReadThroughTheApiServer() throws IOException {
        try (FakeCluster cluster = new FakeCluster()) {
            for (JsonNode document : ObjectYaml.documents(
                    Files.readString(Path.of("src", "test", "resources", "golden", "doctor", "healthy.yaml")))) {
                if (document.has("apiVersion")) {
                    cluster.create(ObjectYaml.print(document));
                }
            }

            CommandRun run = run(cluster, "-o", "json");

            JsonNode report = new ObjectMapper().readTree(run.out());
            assertThat(report.at("/cause/reason").asText()).as(run.out()).isEqualTo("EnvoyFilterMissing");
            assertThat(run.out())
                    .contains(
                            "MCPServerRegistration mcp-test/server1",
                            "accepted, server at https://api.githubcopilot.com:443/mcp",
                            "status of broker Pod mcp-system/mcp-gateway-a")
                    .doesNotContain("test-secret", "ServerNotRunning", "ServiceEntryMissing", "SecretNotFound");
            assertThat(cluster.requests())
                    .contains("GET /api/v1/namespaces/mcp-test/secrets/github-token")
                    .allMatch(request -> request.startsWith("GET ") || request.endsWith("/selfsubjectaccessreviews"));
        }
    }

    @Test
    void withoutATerminalThereIsNoColor() {
        try (FakeCluster cluster = new FakeCluster()) {
            assertThat(run(cluster).out())
                    .startsWith("BROKEN     istiod: not running")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void aWrongCommandLineIsCode2() {
        try (FakeCluster cluster = new FakeCluster()) {
            assertThat(run(cluster, "-n", "a", "-A").exit()).isEqualTo(2);
            assertThat(run(cluster, "-o", "yaml").exit()).isEqualTo(2);
            assertThat(run(cluster, "--config", "config.yaml", "-n", "a").err()).contains("-n and -A are for clusters");
            assertThat(run(cluster, "--broker-url", "http://127.0.0.1:1").err()).contains("needs --config");
            assertThat(run(cluster, "--kubeconfig", folder.resolve("none").toString())
                            .err())
                    .contains("cannot read --kubeconfig");
        }
    }

    @Test
    void aConfigurationWithMistakesIsTold() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), """
            servers:
            - {name: a/b, url: http://127.0.0.1:1/mcp, toolprefix: a_}
            """);

        CommandRun run = runWithoutCluster("--config", config.toString());

        assertThat(run.out()).startsWith("BROKEN     file ").contains("toolprefix");
        assertThat(run.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:1, connection refused", "nobody.invalid, unknown host nobody.invalid"})
    void aServerThatIsDownIsNamedFirst(String authority, String why) throws IOException {
        String document = """
            servers:
            - {name: a/b, url: http://%s/mcp, toolPrefix: a_}
            """.formatted(authority);
        Path config = Files.writeString(folder.resolve("config.yaml"), document);
        try (FakeBroker broker = new FakeBroker()) {
            broker.run(document);

            CommandRun run = runWithoutCluster(
                    "--config", config.toString(), "--broker-url", "http://127.0.0.1:" + broker.port());

            assertThat(run.out()).startsWith("BROKEN     server a/b: http://" + authority + "/mcp: " + why);
        }
    }

    @Test
    void aBrokerWithAnotherFileIsNamed() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), """
                servers:
                - {name: a/b, url: http://127.0.0.1:1/mcp, toolPrefix: other_, state: Disabled}
                """);
        try (FakeBroker broker = new FakeBroker()) {
            broker.run("servers:\n- {name: a/b, url: http://127.0.0.1:1/mcp, toolPrefix: a_, state: Disabled}\n");

            CommandRun run = runWithoutCluster(
                    "--config",
                    config.toString(),
                    "--broker-url",
                    "http://127.0.0.1:" + broker.port(),
                    "--gateway-url",
                    "http://127.0.0.1:1/mcp");

            assertThat(run.out()).contains("runs another configuration").doesNotContain("kubectl");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, connection refused: it is not running there",
        "http://nobody.invalid, unknown host nobody.invalid"
    })
    void aBrokerThatDoesNotRunIsNamed(String url, String why) throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), "servers: []\n");

        CommandRun run = runWithoutCluster("--config", config.toString(), "--broker-url", url);

        assertThat(run.out()).startsWith("BROKEN     broker " + url + ": " + why + "\n");
    }

    @Test
    void aTokenOnlyGoesToAUrl() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), "servers: []\n");
        Path token = Files.writeString(folder.resolve("token"), "the-secret\n");
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        gateway.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        gateway.start();
        try (FakeBroker broker = new FakeBroker();
                FakeCluster cluster = new FakeCluster()) {
            broker.run("servers: []\n");

            CommandRun run = runWithoutCluster(
                    "--config",
                    config.toString(),
                    "--broker-url",
                    "http://127.0.0.1:" + broker.port(),
                    "--gateway-url",
                    "http://127.0.0.1:" + gateway.getAddress().getPort() + "/mcp",
                    "--token-file",
                    token.toString());

            assertThat(run.out()).startsWith("BROKEN     POST ").contains("initialize: 401, the token is refused");
            assertThat(run.out() + run.err()).doesNotContain("the-secret");
            assertThat(received).isNotEmpty().allMatch("Bearer the-secret"::equals);
            assertThat(run(cluster, "--token-file", token.toString()).err())
                    .contains("--token-file needs --gateway-url");
        } finally {
            gateway.stop(0);
        }
    }

    private static CommandRun run(FakeCluster cluster, String... line) {
        return CommandRun.of(new DoctorCommand(Map.of(), _ -> cluster.connect()), line);
    }

    private static CommandRun runWithoutCluster(String... line) {
        return CommandRun.of(
                new DoctorCommand(Map.of(), _ -> {
                    throw new AssertionError("no cluster is needed");
                }),
                line);
    }
}
