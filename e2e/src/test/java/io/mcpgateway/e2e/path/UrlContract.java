package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.OfficialClient;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.GatewayCommands;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A virtual server at its URL, and at one that was chosen; a server alone at its own. */
abstract class UrlContract extends WithGateway {
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(30);
    private static final String VIRTUAL_SERVERS = """
            virtualServers:
            - name: team/small
              tools: [it_public]
              path: /mcp/short
            - name: team/other
              tools: [it_secret]
            """;

    private String servers;

    @SuppressWarnings("NullAway.Init") // The superclass starts everything before anything else.
    UrlContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        Foreign.Server server = keep(Foreign.express());
        List<ServerEntry> entries = List.of(ServerEntry.of("it", server.url()));
        servers = ServerEntry.yaml(entries);
        TestGateway gateway = keep(TestGateway.start(front, entries, "--registry-api"));
        gateway.serve(servers + VIRTUAL_SERVERS);
        gateway.awaitTools("the tools of the server", names -> names.contains("it_secret"));
        awaitServed(gateway, "/mcp/short");
        return gateway;
    }

    private static void awaitServed(TestGateway gateway, String path) throws IOException {
        try (McpClient client = McpClient.of(at(gateway, path))) {
            await(path)
                    .atMost(CHANGE_LIMIT)
                    .until(() -> client.post(McpClient.INITIALIZE, Map.of()).status() == 200);
        }
    }

    private static URI at(TestGateway gateway, String path) {
        return gateway.url().resolve(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/team/small", "/mcp/team/small/", "/mcp/short"})
    void urlShowsAndCallsWhatItsVirtualServerSelects(String path) throws IOException {
        try (McpClient client = McpClient.connect(at(gateway(), path))) {
            assertThat(client.toolNames()).containsExactly("it_public");
            assertThat(client.call("it_public", "{}").text()).isEqualTo("public");
            assertThat(client.call("it_secret", "{}").json().has("error")).isTrue();
            assertThat(client.send("DELETE", Map.of()).status()).isEqualTo(200);
        }
    }

    /** The Java client's job lists resources and prompts too, which this server does not have. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JAVA")
    void officialClientUsesTheUrlAsItIs(OfficialClient client) throws IOException {
        assertThat(client.lists(at(gateway(), "/mcp/team/small")).get("tools")).containsExactly("it_public");
    }

    @Test
    void inspectorsCommandLineUsesTheUrlAsItIs() throws IOException, InterruptedException {
        Path folder = Foreign.require(ForeignTool.TYPESCRIPT);
        Path home = TestFolders.create("inspector");
        Path entry = home.resolve("mcp.json");
        Files.writeString(
                entry,
                "{\"mcpServers\":{\"it\":{\"type\":\"streamable-http\",\"url\":\"" + at(gateway(), "/mcp/short")
                        + "\"}}}");
        ProcessBuilder inspector = new ProcessBuilder(
                folder.resolve("node").toString(),
                folder.resolve("node_modules/@modelcontextprotocol/inspector/clients/cli/build/index.js")
                        .toString(),
                "--config",
                entry.toString(),
                "--server",
                "it",
                "--format",
                "json",
                "--quiet",
                "--stored-auth-only",
                "--method",
                "tools/list");
        inspector.environment().putAll(Map.of("HOME", home.toString(), "MCP_INSPECTOR_SECRET_STORE", "memory"));
        Process running = inspector.redirectErrorStream(true).start();
        String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(running.waitFor()).as(printed).isZero();
        assertThat(printed).contains("it_public").doesNotContain("it_secret");
    }

    @Test
    void serverAloneHasItsOwnNames() throws IOException {
        try (McpClient client = McpClient.connect(at(gateway(), "/mcp/servers/demo/it"))) {
            assertThat(client.toolNames()).contains("public", "secret");
            assertThat(client.call("secret", "{}").text()).isEqualTo("secret");
            assertThat(client.call("it_secret", "{}").json().has("error")).isTrue();
        }
    }

    /** As clients of an organization ask it: without credential, and with an encoded slash in the name. */
    @Test
    void registryListsUrlsThatWork() throws IOException {
        try (McpClient registry = McpClient.of(at(gateway(), "/v0.1/servers"));
                McpClient one = McpClient.of(at(
                        gateway(),
                        "/v0.1/servers/" + GatewayCommands.PUBLIC_HOST
                                + "%2Fvirtual-servers.team.small/versions/latest"))) {
            Reply list = registry.send("GET", Map.of("Origin", "https://copilot.example"));
            assertThat(list.status()).as(list.toString()).isEqualTo(200);
            assertThat(list.header("access-control-allow-origin")).contains("*");
            assertThat(list.json().at("/servers").findValuesAsText("url"))
                    .contains(
                            gateway().url().toString(),
                            at(gateway(), "/mcp/short").toString(),
                            at(gateway(), "/mcp/servers/demo/it").toString());
            assertThat(one.send("GET", Map.of())
                            .json()
                            .at("/server/remotes/0/url")
                            .asText())
                    .isEqualTo(at(gateway(), "/mcp/short").toString());
            assertThat(registry.send("DELETE", Map.of()).status()).isEqualTo(405);
        }
    }

    @Test
    void sessionIsGoodAtItsOwnUrlOnly() throws IOException {
        try (McpClient small = McpClient.connect(at(gateway(), "/mcp/team/small"));
                McpClient everything = McpClient.of(gateway().url()).withSession(small.session());
                McpClient other = McpClient.of(at(gateway(), "/mcp/team/other")).withSession(small.session())) {
            for (McpClient elsewhere : List.of(everything, other)) {
                Reply call = elsewhere.post(McpClient.callBody("1", "it_secret", "{}"), Map.of());
                assertThat(call.status()).as(call.toString()).isEqualTo(404);
                assertThat(call.toString()).contains("it was started at /mcp/team/small");
                assertThat(elsewhere.send("DELETE", Map.of()).status()).isEqualTo(404);
            }
            assertThat(small.call("it_public", "{}").text()).isEqualTo("public");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/mcp/team/gone", "/mcp/servers/gone", "/mcp/gone", "/mcp/team/small;x=/mcp", "/mcp/TEAM/small"})
    void anyOtherPathIsUnknown(String path) throws IOException {
        try (McpClient client = McpClient.of(URI.create(gateway().url().resolve("/") + path.substring(1)))) {
            Reply reply = client.post(McpClient.INITIALIZE, Map.of());

            assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
            assertThat(reply.json().at("/error/message").asText()).startsWith("unknown ");
        }
    }

    /** Envoy may refuse some of them itself, with 400. */
    @ParameterizedTest
    @ValueSource(strings = {"/mcp/team/small/..%2F..", "/mcp/team%2Fsmall", "/mcp%2Fteam/small", "/mcp/team/%2e%2e%2F"})
    void anotherSpellingOfAPathIsNone(String path) throws IOException {
        try (McpClient client = McpClient.of(URI.create(gateway().url().resolve("/") + path.substring(1)))) {
            Reply reply = client.post(McpClient.INITIALIZE, Map.of());

            assertThat(reply.status()).as(reply.toString()).isIn(400, 404);
            assertThat(reply.header("mcp-session-id")).isEmpty();
        }
    }

    @Test
    void urlAndHeaderMustAgree() throws IOException {
        try (McpClient client = McpClient.of(at(gateway(), "/mcp/team/small"))) {
            Reply reply = client.post(McpClient.INITIALIZE, Map.of("X-Mcp-Virtualserver", "team/other"));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().at("/error/message").asText())
                    .contains("'team/small'")
                    .contains("'team/other'");
        }
    }

    @Test
    void newVirtualServerNeedsNothingButConfiguration() throws IOException {
        gateway().serve(servers + VIRTUAL_SERVERS + "- name: team/new\n  tools: [it_secret]\n");

        awaitServed(gateway(), "/mcp/team/new");
        try (McpClient client = McpClient.connect(at(gateway(), "/mcp/team/new"))) {
            assertThat(client.call("it_secret", "{}").text()).isEqualTo("secret");
        }
    }
}
