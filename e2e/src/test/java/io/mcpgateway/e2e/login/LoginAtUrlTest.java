package io.mcpgateway.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.RunningGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that know nothing but the URL of a virtual server log in at a real Keycloak, through an Envoy that checks tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginAtUrlTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String AUDIENCE = "mcp-gateway";
    private static final String VIRTUAL_SERVER = "/mcp/team/greeting";
    private static final String SERVER = "/mcp/servers/mcp-test/server1";
    private static final String METADATA = "/.well-known/oauth-protected-resource";
    private static final String VIRTUAL_SERVERS = """
            virtualServers:
            - name: team/greeting
              tools: [test1_greet]
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private RecordingBackend server;
    private Keycloak login;
    private RunningGateway gateway;

    /** The SDKs whose clients log in. */
    enum Sdk {
        PYTHON_1,
        PYTHON_2,
        TYPESCRIPT_1,
        TYPESCRIPT_2;

        private List<String> command(List<String> arguments) {
            ProjectFolder project = ProjectFolder.locate();
            String folder = Foreign.require(tool()).toString();
            List<String> command = new java.util.ArrayList<>(List.of("env", "PYTHONDONTWRITEBYTECODE=1"));
            command.addAll(
                    switch (this) {
                        case PYTHON_1 ->
                            List.of(
                                    "PYTHONPATH=" + folder,
                                    "python3",
                                    project.resolve("e2e/foreign/python/login.py")
                                            .toString());
                        case PYTHON_2 ->
                            List.of(
                                    "PYTHONPATH=" + folder,
                                    "python3",
                                    project.resolve("e2e/foreign/login/python2.py")
                                            .toString());
                        case TYPESCRIPT_1, TYPESCRIPT_2 ->
                            List.of(
                                    "STRANGERS_FOLDER=" + folder,
                                    folder + "/node",
                                    project.resolve("e2e/foreign/login/typescript.mjs")
                                            .toString(),
                                    this == TYPESCRIPT_1 ? "1" : "2");
                    });
            command.addAll(arguments);
            return command;
        }

        private ForeignTool tool() {
            return switch (this) {
                case PYTHON_1 -> ForeignTool.PYTHON;
                case PYTHON_2 -> ForeignTool.PYTHON2;
                case TYPESCRIPT_1, TYPESCRIPT_2 -> ForeignTool.TYPESCRIPT;
            };
        }

        /** Logs in as alice and calls the tool; returns what the program printed. */
        JsonNode login(URI url, String tool) throws IOException {
            Path log = TestFolders.create("login").resolve(name() + ".log");
            Process process = new ProcessBuilder(command(List.of(url.toString(), "mcp-client", "alice", "alice", tool)))
                    .redirectError(log.toFile())
                    .start();
            try {
                String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor())
                        .as(printed + Files.readString(log))
                        .isZero();
                return JSON.readTree(printed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    LoginAtUrlTest() {}

    @BeforeAll
    void start() throws IOException {
        login = keep(Keycloak.start());
        server = keep(RecordingBackend.start("greet", "time"));
        Path folder = TestFolders.create("login");
        Path config = folder.resolve("config.yaml");
        Files.writeString(
                config,
                ServerEntry.yaml(List.of(
                                new ServerEntry("mcp-test/server1", server.url(), "server1.mcp.local", "test1_")))
                        + VIRTUAL_SERVERS);
        gateway = keep(RunningGateway.start(new GatewaySetup(
                ProjectFolder.locate(),
                GatewayPorts.free(),
                config,
                folder,
                Optional.of(Foreign.require(ForeignTool.ENVOY)),
                List.of(),
                Map.of("OAUTH_AUTHORIZATION_SERVERS", login.issuer(), "LOG_LEVEL", "debug"))));
        gateway.awaitReady(LIMIT);
        try (McpClient client = McpClient.connect(gateway.url())) {
            await("the server's tools")
                    .atMost(LIMIT)
                    .until(() -> client.toolNames().contains("test1_greet"));
        }
        new TokenCheck(root(), login.issuer(), AUDIENCE, login.keys()).addTo(folder.resolve("envoy"));
        await("401 without a token")
                .atMost(LIMIT)
                .until(() -> challenged(VIRTUAL_SERVER).status() == 401);
    }

    @AfterAll
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", VIRTUAL_SERVER, SERVER})
    void challengeLeadsToTheMetadataOfItsUrl(String path) throws IOException {
        assertThat(challenged(path).header("www-authenticate"))
                .contains("Bearer resource_metadata=\"" + root() + METADATA + path + "\"");
        try (McpClient document = McpClient.of(at(METADATA + path))) {
            JsonNode metadata = document.send("GET", Map.of()).json();
            assertThat(metadata.path("resource").asText()).isEqualTo(root() + path);
            assertThat(metadata.at("/authorization_servers/0").asText()).isEqualTo(login.issuer());
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientLogsInAtTheUrlOfAVirtualServer(Sdk sdk) throws IOException {
        JsonNode seen = sdk.login(at(VIRTUAL_SERVER), "test1_greet");

        assertThat(seen.path("tools").toString()).isEqualTo("[\"test1_greet\"]");
        assertThat(seen.path("answer").asText()).isEqualTo("greet");
        assertThat(URLDecoder.decode(seen.path("asked").asText(), StandardCharsets.UTF_8))
                .startsWith(login.issuer())
                .contains("code_challenge_method=S256", "resource=" + root() + VIRTUAL_SERVER);
        assertThat(TokenCheck.audiences(seen.path("token").asText()))
                .as("what docs/oauth-discovery.md says of Keycloak")
                .contains(AUDIENCE)
                .doesNotContain(root() + VIRTUAL_SERVER);
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON_2", "TYPESCRIPT_2"})
    void clientLogsInAtTheUrlOfAServer(Sdk sdk) throws IOException {
        JsonNode seen = sdk.login(at(SERVER), "greet");

        assertThat(seen.path("tools").toString()).isEqualTo("[\"greet\",\"time\"]");
        assertThat(seen.path("answer").asText()).isEqualTo("greet");
        assertThat(URLDecoder.decode(seen.path("asked").asText(), StandardCharsets.UTF_8))
                .contains("resource=" + root() + SERVER);
    }

    @Test
    void tokenDoesNotWidenTheVirtualServer() throws IOException {
        String token = Sdk.PYTHON_1
                .login(at(VIRTUAL_SERVER), "test1_greet")
                .path("token")
                .asText();
        Map<String, String> caller = Map.of("Authorization", "Bearer " + token);
        server.forgetRequests();
        try (McpClient anonymous = McpClient.of(at(VIRTUAL_SERVER))) {
            Reply session = anonymous.post(McpClient.INITIALIZE, caller);
            assertThat(session.status()).as(session.toString()).isEqualTo(200);
            McpClient client = anonymous.withSession(session.header("mcp-session-id"));

            Reply hidden = client.post(McpClient.callBody("1", "test1_time", "{}"), caller);
            assertThat(hidden.json().at("/error/code").asInt())
                    .as(hidden.toString())
                    .isEqualTo(-32602);
            assertThat(client.post(McpClient.callBody("2", "test1_greet", "{}"), Map.of())
                            .status())
                    .as("with the session alone")
                    .isEqualTo(401);
            assertThat(server.calls()).isEmpty();
        }
    }

    private Reply challenged(String path) throws IOException {
        try (McpClient client = McpClient.of(at(path))) {
            return client.post(McpClient.INITIALIZE, Map.of());
        }
    }

    private URI at(String path) {
        return URI.create(root() + path);
    }

    private String root() {
        return gateway.url().toString().replaceFirst("/mcp$", "");
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }
}
