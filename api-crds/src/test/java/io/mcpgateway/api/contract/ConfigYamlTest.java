package io.mcpgateway.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.mcpgateway.api.contract.ConfigYaml.Result.Parsed;
import io.mcpgateway.api.contract.ConfigYaml.Result.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigYamlTest {
    @Test
    void readsEveryMemberAndPrintsItInFixedOrder() throws IOException {
        BrokerConfig config = parsed(golden("full.in.yaml"));

        assertThat(ConfigYaml.print(config)).isEqualTo(golden("full.out.yaml"));
        assertThat(config.servers().getFirst().credential()).contains(new Credential("Bearer secret-one"));
    }

    @Test
    void whatWasPrintedReadsBackEqual() throws IOException {
        BrokerConfig config = parsed(golden("full.in.yaml"));

        assertThat(parsed(ConfigYaml.print(config))).isEqualTo(config);
    }

    @Test
    void anEmptyListOfServersIsAConfiguration() {
        assertThat(parsed("servers: []\n")).isEqualTo(BrokerConfig.EMPTY);
        assertThat(parsed("{}")).isEqualTo(BrokerConfig.EMPTY);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        String document = """
                servers:
                - {name: a, url: nowhere, toolprefix: x, state: Maybe}
                - {name: a, url: "http://h/m", hostname: "no host"}
                virtualServers:
                - {tools: [{}], prompt: [x]}
                extra: 1
                """;

        assertThat(((Refused) ConfigYaml.parse(document)).problems())
                .hasSize(9)
                .anyMatch(problem -> problem.contains("'url'"))
                .anyMatch(problem -> problem.contains("'toolprefix'"))
                .anyMatch(problem -> problem.contains("'state'"))
                .anyMatch(problem -> problem.contains("used twice"))
                .anyMatch(problem -> problem.contains("'hostname'"))
                .anyMatch(problem -> problem.contains("'name' is missing"))
                .anyMatch(problem -> problem.contains("tools[0]: must be"))
                .anyMatch(problem -> problem.contains("'prompt'"))
                .anyMatch(problem -> problem.contains("'extra'"));
    }

    /** A broker of today runs the document of a controller of tomorrow. */
    @Test
    void theControllersDocumentMayHaveUnknownMembers() {
        String document = """
                generatedBy: mcp-gateway-controller
                later: {a: 1}
                servers:
                - {name: a, url: "http://h/m", later: x}
                virtualServers:
                - {name: v, tools: [x], later: [1]}
                """;

        assertThat(parsed(document).servers()).hasSize(1);
        assertThat(ConfigYaml.print(BrokerConfig.EMPTY))
                .startsWith("generatedBy: ")
                .endsWith("\n");
    }

    /** What a limit does not name stays forbidden, also if this gateway does not know what it names. */
    @Test
    void theControllersDocumentMayNameLaterRevisions() {
        BrokerConfig config = parsed("""
                generatedBy: mcp-gateway-controller
                protocolVersions: [2025-11-25, 2031-01-01, 2025-11-25]
                virtualServers:
                - {name: v, tools: [x], protocolVersions: [2031-01-02]}
                """);

        assertThat(config.protocolVersions()).containsExactly("2025-11-25", "2031-01-01");
        assertThat(config.virtualServers().getFirst().protocolVersions()).containsExactly("2031-01-02");
        assertThat(parsed(ConfigYaml.print(config))).isEqualTo(config);
    }

    /** A broker would refuse them, and with them the document: 1e3 as 1000.0, 42 as the name of no tool. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "007",
                "1_000",
                "1.50",
                "1e3",
                "0x1F",
                ".inf",
                "-1",
                "+1",
                "12:30:45",
                "2026-11-30",
                "null",
                "true"
            })
    void textThatLooksLikeSomethingElseReadsBackEqual(String text) {
        McpServer server = new McpServer(
                new ServerName(text),
                URI.create("http://h/mcp"),
                "10.0.0.7",
                text.matches("[A-Za-z0-9_-]+") ? text : "",
                Optional.of(new Credential(text)),
                McpServer.State.ENABLED);
        BrokerConfig config =
                new BrokerConfig(List.of(server), List.of(new VirtualServer(text, List.of(text, "x"), List.of(text))));

        assertThat(parsed(ConfigYaml.print(config))).isEqualTo(config);
    }

    /** Claude's and Cursor's file, and that of VS Code. */
    @ParameterizedTest
    @ValueSource(strings = {"mcpServers", "servers"})
    void theFileOfAClientIsReadAsItIs(String member) {
        BrokerConfig config = parsed(
                "{\"" + member + "\": {\"My weather\": {\"type\": \"http\", \"url\": \"https://w.example.com/mcp\","
                        + "\"headers\": {\"Authorization\": \"Bearer abc\"}, \"alwaysAllow\": []}, \"off\": {\"url\": \"http://h/mcp\","
                        + "\"disabled\": true}}, \"inputs\": []}");

        McpServer weather = config.servers().getFirst();
        assertThat(weather.name()).isEqualTo(new ServerName("My-weather"));
        assertThat(weather.toolPrefix()).isEqualTo("My-weather_");
        assertThat(weather.credential()).contains(new Credential("Bearer abc"));
        assertThat(weather.authorization()).isEqualTo(UpstreamAuthorization.SHARED);
        assertThat(config.servers().getLast().enabled()).isFalse();
    }

    @Test
    void serversAtOneAddressMayShareAHostname() {
        assertThat(ConfigYaml.parse("""
                                servers:
                                - {name: a, url: "http://H:80/m", hostname: x.y}
                                - {name: b, url: "http://h/n", hostname: x.y}
                                """)).isInstanceOf(ConfigYaml.Result.Parsed.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                                  | the document is empty
            `# only a comment`                                                  | the document is empty
            `servers: [`                                                        | not valid YAML: line 1
            `servers: []\nservers: []`                                          | not valid YAML
            `just text`                                                         | expected a mapping
            `servers: {a: 1}`                                                   | servers.a: 'url' is missing
            `servers: [{url: "http://h/mcp", hostname: h}]`                     | servers[0]: 'name'
            `servers: [{name: a/b, hostname: h}]`                               | servers[0] (a/b): 'url'
            `servers: [{name: a/b, url: "ftp://h/mcp"}]`                        | 'url' must look like
            `servers: [{name: a/b, url: "http://user:pw@h/mcp"}]`               | 'url' must look like
            `servers: [{name: a/b, url: "http://h/mcp", toolPrefix: "a b"}]`    | 'toolPrefix'
            `servers: [{name: a/b, url: "http://h/mcp", hostname: "a.b:80"}]`   | 'hostname' must be a DNS name
            `servers: [{name: a/b, url: "http://h/mcp", state: Maybe}]`         | 'state' must be Enabled or Disabled
            `virtualServers: [{name: a/v, tools: [], path: /finance}]`           | virtualServers[0] (a/v): 'path' must be /mcp/
            `virtualServers: [{name: a/v, tools: [], path: /mcp/a/b}]`          | 'path' must be /mcp/
            `virtualServers: [{name: a/v, tools: [], path: /mcp/servers}]`      | 'path' must be /mcp/
            `virtualServers: [{name: a/v, tools: [], hostname: "h:80"}]`        | 'hostname' must be a DNS name
            `virtualServers: [{name: a/v, tools: [], hostname: 127.0.0.1}]`     | 'hostname' must be a DNS name without port, not an IP address
            `virtualServers: [{name: a/v, tools: [x], overrides: [{tool: x, name: find_tools}]}]` | 'name' must not be find_tools
            `virtualServers: [{name: a, tools: []}, {name: b, path: /mcp/a}]`   | virtual server 'b': its URL /mcp/a is also that of virtual server 'a'
            `virtualServers: [{name: a, hostname: h}, {name: b, hostname: H}]`  | virtual server 'b': its URL h/mcp is also that of
            `{servers: [{name: x, url: "http://h/mcp"}], virtualServers: [{name: servers/x}]}` | its URL /mcp/servers/x is also that of server 'x'
            `{"mcpServers": {"files": {"command": "npx"}}}`                      | mcpServers.files: runs a command
            `{"mcpServers": {"a": {"url": "http://h/mcp", "type": "sse"}}}`      | mcpServers.a: 'sse' is the transport
            `{"mcpServers": {"a": {"url": "http://h/mcp", "headers": {"X-Key": "1"}}}}` | the header 'X-Key' cannot be kept
            `{"servers": {"a": {"url": "http://h/mcp", "headers": {"Authorization": "Bearer ${input:t}"}}}}` | 'Authorization' contains a variable
            `{"mcpServers": {"a b": {"url": "http://h/m"}, "a-b": {"url": "http://h/m"}}}` | mcpServers.a-b: needs a name
            `servers: [{name: a/b, url: "http://h/mcp", credentialInjection: Never}]` | use 'upstreamAuthorization'
            `servers: [{name: a/b, url: "http://h/mcp", upstreamAuthorization: forward}]` | (a/b): 'upstreamAuthorization' must be None, Forward or Shared
            `servers: [{name: a/b, url: "http://h/mcp", upstreamAuthorization: Shared}]` | (a/b): 'upstreamAuthorization: Shared' needs a 'credential'
            `servers: [{name: a/b, url: "http://h/mcp", anonymousSessions: shared}]` | (a/b): 'anonymousSessions' must be PerCall or Shared
            `servers: [{name: a/b, url: "http://h/mcp", callTimeoutSeconds: 0}]`     | (a/b): 'callTimeoutSeconds' must be between 1 and 86400
            `servers: [{name: a/b, url: "http://h/mcp", callTimeoutSeconds: 86401}]` | (a/b): 'callTimeoutSeconds' must be between 1 and 86400
            `servers: [{name: a/b, url: "http://h/mcp", callTimeoutSeconds: 99999999999}]` | (a/b): 'callTimeoutSeconds' must be between 1 and 86400
            `servers: [{name: a/b, url: "http://h/mcp", callTimeoutSeconds: 10s}]`   | (a/b): 'callTimeoutSeconds' must be a whole number
            `servers: [{name: a/b, url: "http://h/mcp", callTimeoutSeconds: 1.5}]`   | (a/b): 'callTimeoutSeconds' must be a whole number
            `servers: [{name: a/b, url: "http://h/mcp", callTimeout: 10}]`           | (a/b): unknown key 'callTimeout'
            `servers: [{name: a/b, url: "https://h/mcp", caCert: "x"}]`         | (a/b): 'caCert' contains no certificate
            `gatewayCACertPEM: "-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----"` | 'gatewayCACertPEM' contains a PEM block that is not a certificate
            `servers: [{name: a, url: "http://h/m"}, {name: a, url: "http://h/m"}]` | servers[1]: the name 'a' is used twice
            `servers: [{name: a, url: "http://h/m", hostname: x.y}, {name: b, url: "http://i/m", hostname: X.y}]` | servers[1] (b): hostname 'x.y' is also that of a, which is at another address
            `servers: [{name: a, url: "http://h/m", hostname: x.y}, {name: b, url: "http://h:81/m", hostname: x.y}]` | hostname 'x.y' is also that of a
            `servers: [{name: a, url: "http://h/m", hostname: x.y}, {name: b, url: "https://h/m", hostname: x.y, state: Disabled}]` | hostname 'x.y' is also that of a
            `servers: [{name: a.b, url: "http://h/m"}, {name: a-b, url: "http://i/m"}]` | hostname 'a-b.mcp.local' is also that of a.b
            `servers: [{name: a/b, url: "http://h/mcp", toolprefix: x_}]`       | (a/b): unknown key 'toolprefix'; did you mean 'toolPrefix'?
            `servers: [{name: a/b, url: "http://h/mcp", tool_prefix: x_}]`      | (a/b): unknown key 'tool_prefix'; did you mean 'toolPrefix'?
            `servers: [{name: a/b, url: "http://h/mcp", statee: Disabled}]`     | (a/b): unknown key 'statee'; did you mean 'state'?
            `servers: [{name: a/b, url: "http://h/mcp", auth: {token: x}}]`     | (a/b): unknown key 'auth'; known keys are anonymousSessions, approvedTools, caCert, callTimeoutSeconds, credential,
            `servers: [{name: a/b, url: "http://h/mcp", enabled: "no"}]`        | (a/b): 'enabled' must be true or false
            `servers: [{name: a/b, url: "http://h/mcp", toolPrefix: [x]}]`      | (a/b): 'toolPrefix' must be text
            `servers: [{name: a/b, url: "http://h/mcp", prefix: a, toolPrefix: b}]` | (a/b): 'toolPrefix' and 'prefix' mean the same
            `servers: ["http://h/mcp"]`                                         | servers[0]: expected a mapping with 'name' and 'url'
            `server: []`                                                        | unknown key 'server'; did you mean 'servers'?
            `servers: []\nvirtualServers: [{name: v, tool: [x]}]`               | virtualServers[0] (v): unknown key 'tool'; did you mean 'tools'?
            `protocolVersions: 2025-11-25`                                      | 'protocolVersions' must be a list
            `protocolVersions: [2025-11-26]`                                    | every entry of 'protocolVersions' must be one of 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25, 2026-07-28
            `protocolVersions: [2025]`                                          | every entry of 'protocolVersions' must be one of
            `protocolVersion: [2025-11-25]`                                     | unknown key 'protocolVersion'; did you mean 'protocolVersions'?
            `virtualServers: [{name: v, tools: [x], protocolVersions: [x]}]`    | virtualServers[0] (v): every entry of 'protocolVersions' must be one of
            `protocolVersions: [2025-11-25]\nvirtualServers: [{name: v, tools: [x], protocolVersions: [2026-07-28]}]` | (v): 'protocolVersions' (2026-07-28) and that of the document (2025-11-25) have no revision in common
            `servers: []\nvirtualServers: [{tools: [x]}]`                       | virtualServers[0]: 'name' is missing
            `servers: []\nvirtualServers: [{name: v, tools: [{a: 1}]}]`         | virtualServers[0].tools[0]: must be the name of a tool, not a mapping
            `servers: []\nvirtualServers: [{name: v, include: {a: 1}}]`         | virtualServers[0].include: expected a list
            `servers: []\nvirtualServers: [{name: v, include: [x]}]`            | virtualServers[0].include[0]: expected a mapping
            `servers: []\nvirtualServers: [{name: v, include: [{}]}]`           | virtualServers[0].include[0]: the rule says nothing
            `servers: []\nvirtualServers: [{name: v, exclude: [{server: [a]}]}]`  | virtualServers[0].exclude[0]: unknown key 'server'; did you mean 'servers'?
            `servers: []\nvirtualServers: [{name: v, exclude: [{readOnly: 1}]}]` | 'readOnly' must be true or false
            `servers: []\nvirtualServers: [{name: v, safeNames: maybe}]`        | 'safeNames' must be true or false
            `servers: []\nvirtualServers: [{name: v, overrides: [{name: x}]}]`  | virtualServers[0].overrides[0]: 'tool' is missing
            `servers: []\nvirtualServers: [{name: v, overrides: [{tool: x, name: "a b"}]}]` | 'name' must be 1 to 64 letters
            `servers: []\nvirtualServers: [{name: v, overrides: [{tool: x, annotations: {readonly: true}}]}]` | overrides[0].annotations: unknown key 'readonly'
            """)
    void refusesWithTheEntryAndTheCause(String document, String expected) {
        String text = document == null ? "" : document.replace("\\n", "\n");

        assertThat(ConfigYaml.parse(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems()).anyMatch(problem -> problem.contains(expected)));
    }

    @Test
    void reportsEveryProblemAtOnce() {
        String document = "servers: [{name: a/b, url: nonsense}, {name: 'c d', url: 'http://h/m', toolPrefix: '%'}]";

        assertThat(ConfigYaml.parse(document))
                .isInstanceOf(Refused.class)
                .extracting(result -> ((Refused) result).problems(), list(String.class))
                .hasSize(3);
    }

    @Test
    void neverPrintsACredentialInAProblemOrAsText() throws IOException {
        String broken = "servers: [{name: a/b, url: 'http://h/m', credential: 'Bearer top-secret\u00fc'}]";

        assertThat(ConfigYaml.parse(broken).toString()).contains("credential").doesNotContain("top-secret");
        assertThat(ConfigYaml.parse("credential: 'Bearer top-secret\n").toString())
                .doesNotContain("top-secret");
        assertThat(parsed(golden("full.in.yaml")).toString()).doesNotContain("secret-one");
    }

    private static BrokerConfig parsed(String document) {
        assertThat(ConfigYaml.parse(document)).isInstanceOf(Parsed.class);
        return ((Parsed) ConfigYaml.parse(document)).config();
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ConfigYamlTest.class.getResourceAsStream("/golden/config/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
