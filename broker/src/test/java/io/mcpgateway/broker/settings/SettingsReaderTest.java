package io.mcpgateway.broker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.settings.SettingsReader.Result.Refused;
import io.mcpgateway.broker.settings.SettingsReader.Result.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SettingsReaderTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void defaultsAreThoseOfTheGoProject() {
        BrokerSettings settings = valid(Map.of(), "--mcp-gateway-public-host", "mcp.example.com");

        assertThat(settings.routerAddress()).hasToString("0.0.0.0:50051");
        assertThat(settings.brokerAddress()).hasToString("0.0.0.0:8080");
        assertThat(settings.metricsAddress()).hasValue(new Address("0.0.0.0", 9090));
        assertThat(settings.privateUrl())
                .isEqualTo(URI.create("http://mcp-gateway-istio.gateway-system.svc.cluster.local:8080"));
        assertThat(settings.configFile()).hasToString("./config/mcp-system/config.yaml");
        assertThat(settings.checkInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.sessionLength()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.signingKey()).isEmpty();
        assertThat(settings.embeddedGateway()).isEmpty();
        assertThat(settings.oauth())
                .isEqualTo(new OAuthSettings("MCP Server", "/mcp", List.of(), List.of("header"), List.of("basic")));
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));
    }

    @Test
    void everyFlagIsRead() {
        BrokerSettings settings = valid(
                Map.of(),
                "--mcp-gateway-public-host=mcp.example.com",
                "--mcp-gateway-private-host=https://gateway.ns:443",
                "--mcp-broker-public-address=127.0.0.1:1",
                "--mcp-router-address=[::1]:2",
                "--metrics-addr=none",
                "--mcp-gateway-config=/config/config.yaml",
                "--mcp-check-interval=10",
                "--session-length=5",
                "--log-level=-4",
                "--log-format=json");

        assertThat(settings.privateUrl()).isEqualTo(URI.create("https://gateway.ns:443"));
        assertThat(settings.brokerAddress()).isEqualTo(new Address("127.0.0.1", 1));
        assertThat(settings.routerAddress()).hasToString("[::1]:2");
        assertThat(settings.metricsAddress()).isEmpty();
        assertThat(settings.configFile()).hasToString("/config/config.yaml");
        assertThat(settings.checkInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.sessionLength()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Level.DEBUG, LogSettings.Format.JSON));
    }

    @Test
    void theEmbeddedGatewayNeedsNoHosts() {
        BrokerSettings settings = valid(Map.of(), "--embedded-gateway", ":8888");

        assertThat(settings.publicHost()).isEqualTo("localhost");
        assertThat(settings.privateUrl()).isEqualTo(URI.create("http://127.0.0.1:8888"));
        assertThat(settings.embeddedGateway()).hasValue(new Address("0.0.0.0", 8888));
    }

    @Test
    void variablesAreRead() {
        BrokerSettings settings = valid(
                Map.of(
                        "LOG_LEVEL", "debug",
                        "JWT_SESSION_SIGNING_KEY", KEY,
                        "OAUTH_RESOURCE_NAME", "Tools",
                        "OAUTH_RESOURCE", "https://mcp.example.com/mcp",
                        "OAUTH_AUTHORIZATION_SERVERS", "http://a, http://b",
                        "OAUTH_SCOPES_SUPPORTED", "basic,groups"),
                "--mcp-gateway-public-host",
                "h");

        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.DEBUG);
        assertThat(settings.signingKey()).isPresent();
        assertThat(settings.oauth())
                .isEqualTo(new OAuthSettings(
                        "Tools",
                        "https://mcp.example.com/mcp",
                        List.of("http://a", "http://b"),
                        List.of("header"),
                        List.of("basic", "groups")));
    }

    @Test
    void keysNeverPrintThemselves() {
        BrokerSettings settings = valid(Map.of("GATEWAY_SIGNING_KEY", KEY), "--mcp-gateway-public-host", "h");

        assertThat(settings.toString()).doesNotContain(KEY).contains("***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --log-level=info                                             | --mcp-gateway-public-host is required
            --mcp-gateway-public-host=http://h/                          | must be a host name, not a url
            --mcp-gateway-public-host=h --mcp-router-address=50051       | --mcp-router-address must look like
            --mcp-gateway-public-host=h --mcp-router-address=h:99999     | --mcp-router-address must look like
            --mcp-gateway-public-host=h --mcp-check-interval=0           | --mcp-check-interval must be a number between 1
            --mcp-gateway-public-host=h --session-length=x               | --session-length must be a number
            --mcp-gateway-public-host=h --mcp-gateway-private-host=a:b:c | --mcp-gateway-private-host must look like
            --mcp-gateway-public-host=h --log-level=loud                 | must be debug, info, warn or error, not 'loud'
            --mcp-gateway-public-host=h --log-format=xml                 | must be txt or json, not 'xml'
            --mcp-gateway-public-host=h --session-signing-key=abc        | GATEWAY_SIGNING_KEY
            """)
    void wrongValuesAreRefusedWithTheirFlag(String line, String expected) {
        assertThat(read(Map.of(), line.split(" ", -1)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems()).anyMatch(problem -> problem.contains(expected)));
    }

    @Test
    void aShortKeyIsRefusedWithoutShowingIt() {
        assertThat(read(Map.of("GATEWAY_SIGNING_KEY", "short-secret"), "--mcp-gateway-public-host=h"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("at least 32 bytes")
                                .doesNotContain("short-secret"));
    }

    private static BrokerSettings valid(Map<String, String> environment, String... line) {
        SettingsReader.Result result = read(environment, line);
        assertThat(result).isInstanceOf(Valid.class);
        return ((Valid) result).settings();
    }

    private static SettingsReader.Result read(Map<String, String> environment, String... line) {
        return SettingsReader.read(CommandLine.populateCommand(new BrokerArguments(), line), environment);
    }
}
