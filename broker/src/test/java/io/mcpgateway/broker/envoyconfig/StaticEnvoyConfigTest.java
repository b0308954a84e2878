package io.mcpgateway.broker.envoyconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.broker.network.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticEnvoyConfigTest {
    private static final String SERVERS = """
        servers:
        - {name: ns/plain, url: "http://plain.example.com/mcp", hostname: plain.mcp.local}
        - {name: ns/local, url: "http://127.0.0.1:9090/mcp", hostname: Local.mcp.local, toolPrefix: l_}
        - {name: ns/same, url: "http://127.0.0.1:9090/other", hostname: local.mcp.local}
        - {name: ns/tls, url: "https://tools.example.com:8443/v1/mcp?x=y", hostname: tls.mcp.local, credential: Bearer hidden}
        - {name: ns/tls6, url: "https://[2001:db8::1]/mcp", hostname: tls6.mcp.local}
        - {name: ns/off, url: "http://off.example.com/mcp", hostname: off.mcp.local, state: Disabled}
        """;

    @ParameterizedTest
    @ValueSource(strings = {"envoy.yaml", "lds.yaml", "cds.yaml", "rds.yaml"})
    void writesWhatTheControllerDoesInACluster(String file) throws IOException {
        ObjectNode tree = Objects.requireNonNull(
                files(SERVERS, settings("mcp.example.com", false)).get(file));

        Path golden = Path.of("src", "test", "resources", "golden", "envoy", file);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(golden, EnvoyFiles.yaml(tree));
        }
        assertThat(EnvoyFiles.yaml(tree)).isEqualTo(Files.readString(golden));
    }

    /** The router tells Envoy how long a call may take; a connection must be allowed to be silent for longer. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``   |     | 300s
        `10` |     | 300s
        `600`|     | 605s
        ``   | 600 | 605s
        `10` | 600 | 300s
        """)
    void aServerMaySayNothingForAsLongAsItsCallsMayTake(String own, Integer ofAll, String silence) throws IOException {
        String limit = own.isEmpty() ? "" : ", callTimeoutSeconds: " + own;
        EnvoySettings settings =
                settings("mcp.example.com", Optional.ofNullable(ofAll).map(Duration::ofSeconds), false);
        ObjectNode routes = Objects.requireNonNull(
                files("servers: [{name: a/b, url: \"http://h/mcp\", hostname: b.example.com" + limit + "}]", settings)
                        .get("rds.yaml"));

        assertThat(routes.at("/resources/0/virtual_hosts/1/routes/0/route/idle_timeout")
                        .asText())
                .isEqualTo(silence);
        assertThat(routes.at("/resources/0/virtual_hosts/0/routes/0/route/idle_timeout")
                        .asText())
                .isEqualTo("300s");
    }

    /** The status, its page and health are for operators. */
    @Test
    void onlyWhatClientsNeedIsOnThePublicHost() {
        ObjectNode routes = Objects.requireNonNull(
                files(SERVERS, settings("mcp.example.com", false)).get("rds.yaml"));

        assertThat(routes.at("/resources/0/virtual_hosts/0/routes").findValuesAsText("path_separated_prefix"))
                .containsExactly("/mcp", "/.well-known/oauth-protected-resource", "/v0.1/servers");
        assertThat(routes.at("/resources/0/virtual_hosts/0/routes")).hasSize(3);
    }

    @Test
    void writesADestinationBeforeItsUse() {
        assertThat(files(SERVERS, settings("mcp.example.com", false)).sequencedKeySet())
                .containsExactly("cds.yaml", "rds.yaml", "lds.yaml", "envoy.yaml");
    }

    @Test
    void noFileHoldsACredential() throws IOException {
        for (ObjectNode tree : files(SERVERS, settings("mcp.example.com", true)).values()) {
            assertThat(EnvoyFiles.yaml(tree)).doesNotContain("hidden");
        }
    }

    @Test
    void theAccessLogHoldsNoSessionId() throws IOException {
        ObjectNode listener = Objects.requireNonNull(
                files(SERVERS, settings("h.example.com", true)).get("lds.yaml"));

        assertThat(EnvoyFiles.yaml(listener).toLowerCase(java.util.Locale.ROOT))
                .contains("stdoutaccesslog")
                .doesNotContain("req(mcp-session-id")
                .doesNotContain("req(authorization)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        mcp.example.com:80 | servers: []                                                              | public host
        ``                 | servers: []                                                              | public host
        mcp.example.com    | servers: [{name: a, url: "http://h/m", hostname: MCP.example.com}]       | a: its hostname is the public host
        mcp.example.com    | servers: [{name: a, url: "http://h/m", hostname: "a..b"}]                | a: not a DNS name
        """)
    void refusesWhatEnvoyWouldRefuse(String publicHost, String servers, String problem) {
        StaticEnvoyConfig.Result result = StaticEnvoyConfig.of(config(servers), settings(publicHost, false));

        assertThat(result)
                .isInstanceOfSatisfying(
                        StaticEnvoyConfig.Result.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(text -> assertThat(text).contains(problem)));
    }

    private static SequencedMap<String, ObjectNode> files(String servers, EnvoySettings settings) {
        return ((StaticEnvoyConfig.Result.Files) StaticEnvoyConfig.of(config(servers), settings)).files();
    }

    private static BrokerConfig config(String text) {
        return ((ConfigYaml.Result.Parsed) ConfigYaml.parse(text)).config();
    }

    private static EnvoySettings settings(String publicHost, boolean accessLog) {
        return settings(publicHost, Optional.empty(), accessLog);
    }

    private static EnvoySettings settings(String publicHost, Optional<Duration> callTimeout, boolean accessLog) {
        return new EnvoySettings(
                "/etc/mcp-envoy",
                publicHost,
                new Address("127.0.0.1", 8888),
                new Address("127.0.0.1", 9901),
                List.of(new Address("127.0.0.1", 8080), new Address("127.0.0.2", 8080)),
                List.of(new Address("router.example.com", 50051)),
                "/etc/ssl/certs/ca-certificates.crt",
                77,
                callTimeout,
                accessLog);
    }
}
