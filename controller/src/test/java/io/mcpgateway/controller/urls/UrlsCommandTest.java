package io.mcpgateway.controller.urls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.controller.testing.CommandRun;
import io.mcpgateway.controller.testing.FakeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command against an API server in memory, and without a cluster. */
class UrlsCommandTest {
    private static final String OBJECTS = """
            apiVersion: mcp.kagenti.com/v1alpha1
            kind: MCPGatewayExtension
            metadata: {name: gw, namespace: mcp-system}
            spec: {targetRef: {name: mcp-gateway, namespace: gateway-system, sectionName: mcp}}
            status:
              url: https://mcp.example.com/mcp
              conditions: [{type: Ready, status: "True", reason: ValidExtension, message: ok, lastTransitionTime: "2026-01-01T00:00:00Z"}]
            ---
            apiVersion: mcp.kagenti.com/v1alpha1
            kind: MCPVirtualServer
            metadata: {name: finance, namespace: team-a}
            spec: {tools: [pay]}
            status:
              url: https://mcp.example.com/mcp/finance
              conditions: [{type: Ready, status: "False", reason: NotReady, message: no, lastTransitionTime: "2026-01-01T00:00:00Z"}]
            ---
            apiVersion: mcp.kagenti.com/v1alpha1
            kind: MCPServerRegistration
            metadata: {name: new, namespace: team-b}
            spec: {targetRef: {name: route}}
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aClusterIsReadFromItsStatuses() {
        try (FakeCluster cluster = filled()) {
            CommandRun run = run(cluster);

            assertThat(run.out()).isEqualTo("""
                    KIND             NAMESPACE    NAME      URL                                   READY
                    gateway          mcp-system   gw        https://mcp.example.com/mcp           True
                    virtual-server   team-a       finance   https://mcp.example.com/mcp/finance   False (NotReady)
                    server           team-b       new       -                                     False (StatusMissing)
                    """);
            assertThat(run.err()).contains("urls: 1 of 3 have no URL; kubectl mcp doctor says why");
            assertThat(run.exit()).isZero();
            assertThat(cluster.requests()).allMatch(request -> request.startsWith("GET "));
        }
    }

    @Test
    void aNamespaceAlone() {
        try (FakeCluster cluster = filled()) {
            assertThat(run(cluster, "-n", "team-a").out()).contains("finance").doesNotContain("mcp-system", "team-b");
        }
    }

    @Test
    void clientsGetWhatHasAUrl() throws IOException {
        try (FakeCluster cluster = filled()) {
            JsonNode servers = new ObjectMapper()
                    .readTree(run(cluster, "-o", "mcpservers").out())
                    .path("mcpServers");

            assertThat(servers.fieldNames()).toIterable().containsExactly("gateway", "team-a-finance");
            assertThat(servers.at("/gateway/url").asText()).isEqualTo("https://mcp.example.com/mcp");
            assertThat(run(cluster, "--client", "claude-code").out())
                    .contains("claude mcp add --transport http team-a-finance https://mcp.example.com/mcp/finance\n");
            assertThat(run(cluster, "--client", "codex").err()).contains("urls: put this into ~/.codex/config.toml");
        }
    }

    /** The base URL may be given with or without /mcp. */
    @Test
    void aConfigurationNeedsNoCluster() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), """
                servers:
                - {name: team/weather, url: "http://127.0.0.1:1/mcp", toolPrefix: w_}
                """);

        assertThat(runWithoutCluster("--config", config.toString()).out())
                .contains("http://127.0.0.1:8888/mcp/servers/team/weather   -");
        assertThat(runWithoutCluster("--config", config.toString(), "--url", "https://mcp.example.com/mcp")
                        .out())
                .contains("https://mcp.example.com/mcp ", "https://mcp.example.com/mcp/servers/team/weather");
    }

    @Test
    void aFileWithMistakesIsTold() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), "servers:\n- {name: a}\n");

        CommandRun run = runWithoutCluster("--config", config.toString());

        assertThat(run.err()).startsWith("urls: " + config).contains("'url'");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(runWithoutCluster("--config", folder.resolve("none").toString())
                        .err())
                .contains("no such file");
    }

    static Stream<List<String>> wrongLines() {
        return Stream.of(
                List.of("-n", "a", "-A"),
                List.of("-o", "yaml"),
                List.of("-o", "json", "--client", "cursor"),
                List.of("--client", "netscape"),
                List.of("--url", "http://127.0.0.1:1"),
                List.of("--config", "config.yaml", "--url", "127.0.0.1:1"),
                List.of("--config", "config.yaml", "-n", "a"));
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void aWrongCommandLineIsCode2(List<String> line) {
        assertThat(runWithoutCluster(line.toArray(String[]::new)).exit()).isEqualTo(2);
    }

    @Test
    void everyClientIsNamedInHelp() {
        assertThat(runWithoutCluster("--help").out().replaceAll("\\s+", " "))
                .contains("claude-code, claude-desktop, vscode, cursor, chatgpt, codex, inspector");
    }

    /** Nothing listens at port 1. */
    @Test
    void anApiServerThatCannotBeReachedIsTold() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: none
                clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                users: [{name: none, user: {}}]
                """);

        CommandRun run = CommandRun.of(new UrlsCommand(), "--kubeconfig", kubeconfig.toString());

        assertThat(run.err())
                .contains("urls: the API server http://127.0.0.1:1/ cannot be reached")
                .containsOnlyOnce("cannot be reached");
        assertThat(run.exit()).isEqualTo(1);
    }

    private static FakeCluster filled() {
        FakeCluster cluster = new FakeCluster();
        Stream.of(OBJECTS.split("---\n")).forEach(cluster::create);
        return cluster;
    }

    private static CommandRun run(FakeCluster cluster, String... line) {
        return CommandRun.of(new UrlsCommand(_ -> cluster.connect()), line);
    }

    private static CommandRun runWithoutCluster(String... line) {
        return CommandRun.of(
                new UrlsCommand(_ -> {
                    throw new AssertionError("no cluster is needed");
                }),
                line);
    }
}
