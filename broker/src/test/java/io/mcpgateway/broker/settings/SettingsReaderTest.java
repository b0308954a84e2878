package io.mcpgateway.broker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.oauth.OAuthSettings;
import io.mcpgateway.broker.session.redis.RedisUrl;
import io.mcpgateway.broker.settings.SettingsReader.Result.Refused;
import io.mcpgateway.broker.settings.SettingsReader.Result.Valid;
import io.mcpgateway.runtime.LogSettings;
import java.lang.reflect.Field;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SettingsReaderTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void defaultsAreThoseOfTheGoProject() {
        BrokerSettings settings = valid(Map.of(), "--mcp-gateway-public-host", "mcp.example.com");

        assertThat(settings.get(BrokerOptions.ROUTER_ADDRESS)).hasToString("0.0.0.0:50051");
        assertThat(settings.get(BrokerOptions.BROKER_ADDRESS)).hasToString("0.0.0.0:8080");
        assertThat(settings.get(BrokerOptions.METRICS_ADDRESS)).hasValue(new Address("0.0.0.0", 9090));
        assertThat(settings.privateUrl())
                .isEqualTo(URI.create("http://mcp-gateway-istio.gateway-system.svc.cluster.local:8080"));
        assertThat(settings.get(BrokerOptions.CONFIG_FILE)).hasToString("./config/mcp-system/config.yaml");
        assertThat(Duration.ofSeconds(settings.get(BrokerOptions.CHECK_INTERVAL_SECONDS)))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.callTimeout()).isEmpty();
        assertThat(settings.get(BrokerOptions.SERVER_INSTRUCTIONS)).isTrue();
        assertThat(settings.registry("1").enabled()).isFalse();
        assertThat(settings.sessionLength()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.get(BrokerOptions.SIGNING_KEY)).isEmpty();
        assertThat(settings.get(BrokerOptions.EMBEDDED_GATEWAY)).isEmpty();
        assertThat(settings.authorization()).isEqualTo(AuthorizationSettings.NONE);
        assertThat(settings.get(BrokerOptions.ALLOWED_ORIGINS)).isEmpty();
        assertThat(settings.get(BrokerOptions.ALLOW_LINK_LOCAL)).isFalse();
        assertThat(settings.oauth())
                .isEqualTo(new OAuthSettings(
                        "MCP Server",
                        Optional.empty(),
                        "https://mcp.example.com/mcp",
                        Set.of("mcp.example.com"),
                        List.of(),
                        List.of("header"),
                        List.of("basic")));
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));
    }

    @Test
    void theSessionStoreComesFromFlagOrVariable() {
        String host = "--mcp-gateway-public-host=mcp.example.com";

        assertThat(valid(Map.of(), host).get(BrokerOptions.SESSION_STORE)).isEmpty();
        assertThat(valid(Map.of("CACHE_CONNECTION_STRING", "rediss://:secret@store:7000/1"), host)
                        .get(BrokerOptions.SESSION_STORE)
                        .map(RedisUrl::address))
                .hasValue("rediss://store:7000/1");
        assertThat(valid(Map.of(), host, "--cache-connection-string=redis://store")
                        .get(BrokerOptions.SESSION_STORE)
                        .map(RedisUrl::address))
                .hasValue("redis://store:6379/0");
    }

    @Test
    void aMalformedSessionStoreIsRefusedWithoutItsPassword() {
        assertThat(read(
                        Map.of("CACHE_CONNECTION_STRING", "http://me:hidden@store"),
                        "--mcp-gateway-public-host=mcp.example.com"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("CACHE_CONNECTION_STRING")
                                .contains("redis://")
                                .doesNotContain("hidden"));
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
                "--call-timeout=600",
                "--server-instructions=false",
                "--drain-timeout=90",
                "--log-level=-4",
                "--log-format=json");

        assertThat(settings.privateUrl()).isEqualTo(URI.create("https://gateway.ns:443"));
        assertThat(settings.get(BrokerOptions.BROKER_ADDRESS)).isEqualTo(new Address("127.0.0.1", 1));
        assertThat(settings.get(BrokerOptions.ROUTER_ADDRESS)).hasToString("[::1]:2");
        assertThat(settings.get(BrokerOptions.METRICS_ADDRESS)).isEmpty();
        assertThat(settings.get(BrokerOptions.CONFIG_FILE)).hasToString("/config/config.yaml");
        assertThat(Duration.ofSeconds(settings.get(BrokerOptions.CHECK_INTERVAL_SECONDS)))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.sessionLength()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.callTimeout()).contains(Duration.ofMinutes(10));
        assertThat(settings.get(BrokerOptions.SERVER_INSTRUCTIONS)).isFalse();
        assertThat(settings.get(BrokerOptions.DRAIN_SECONDS)).isEqualTo(90);
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Level.DEBUG, LogSettings.Format.JSON));
    }

    @Test
    void theEmbeddedGatewayNeedsNoHosts() {
        BrokerSettings settings = valid(Map.of(), "--embedded-gateway", ":8888");

        assertThat(settings.publicHost()).isEqualTo("localhost");
        assertThat(settings.privateUrl()).isEqualTo(URI.create("http://127.0.0.1:8888"));
        assertThat(settings.get(BrokerOptions.EMBEDDED_GATEWAY)).hasValue(new Address("0.0.0.0", 8888));
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
        assertThat(settings.get(BrokerOptions.SIGNING_KEY)).isPresent();
        assertThat(settings.oauth())
                .isEqualTo(new OAuthSettings(
                        "Tools",
                        Optional.of("https://mcp.example.com/mcp"),
                        "https://h/mcp",
                        Set.of("h"),
                        List.of("http://a", "http://b"),
                        List.of("header"),
                        List.of("basic", "groups")));
    }

    @Test
    void whoSignsHeadersAndWhichPagesMayAskIsRead() {
        BrokerSettings settings = valid(
                Map.of(
                        "TRUSTED_HEADER_PUBLIC_KEY",
                        SignedHeaders.publicKeyPem(),
                        "MCP_ALLOWED_ORIGINS",
                        "https://a.example, http://b.example:1"),
                "--mcp-gateway-public-host=h",
                "--enforce-tool-filtering",
                "--enforce-capability-filtering=false");

        assertThat(settings.authorization())
                .isEqualTo(new AuthorizationSettings(Optional.of(SignedHeaders.publicKey()), true, false));
        assertThat(settings.get(BrokerOptions.ALLOWED_ORIGINS))
                .containsExactly("https://a.example", "http://b.example:1");
    }

    @Test
    void theFlagForOriginsWinsOverTheVariable() {
        BrokerSettings settings = valid(
                Map.of("MCP_ALLOWED_ORIGINS", "https://a.example"),
                "--mcp-gateway-public-host=h",
                "--allowed-origins=*,https://c.example",
                "--enforce-capability-filtering");

        assertThat(settings.get(BrokerOptions.ALLOWED_ORIGINS)).containsExactly("*", "https://c.example");
        assertThat(settings.authorization()).isEqualTo(new AuthorizationSettings(Optional.empty(), false, true));
    }

    @Test
    void linkLocalServersAreAllowedByFlagOrVariable() {
        String host = "--mcp-gateway-public-host=h";
        Map<String, String> yes = Map.of("MCP_ALLOW_LINK_LOCAL_UPSTREAMS", "true");

        assertThat(valid(yes, host).get(BrokerOptions.ALLOW_LINK_LOCAL)).isTrue();
        assertThat(valid(Map.of(), host, "--allow-link-local-upstreams").get(BrokerOptions.ALLOW_LINK_LOCAL))
                .isTrue();
        assertThat(valid(yes, host, "--allow-link-local-upstreams=false").get(BrokerOptions.ALLOW_LINK_LOCAL))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void aBadPublicKeyIsRefusedWithItsVariable(String pem) {
        assertThat(read(Map.of("TRUSTED_HEADER_PUBLIC_KEY", pem), "--mcp-gateway-public-host=h"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .startsWith("TRUSTED_HEADER_PUBLIC_KEY must be one EC public key"));
    }

    static Stream<String> badKeys() throws GeneralSecurityException {
        String good = SignedHeaders.publicKeyPem();
        KeyPairGenerator otherCurve = KeyPairGenerator.getInstance("EC");
        otherCurve.initialize(new ECGenParameterSpec("secp384r1"));
        return Stream.of(
                "key",
                good.replace("PUBLIC", "PRIVATE"),
                good.replaceFirst("M", "*"),
                good + good,
                good.replace("\n-----END", "AAAA\n-----END"),
                pem(otherCurve.generateKeyPair().getPublic().getEncoded()),
                pem(KeyPairGenerator.getInstance("RSA")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded()));
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key) + "\n-----END PUBLIC KEY-----";
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
        --mcp-gateway-public-host=h --call-timeout=0                 | --call-timeout must be a number between 1 and 86400
        --mcp-gateway-public-host=h --call-timeout=86401             | --call-timeout must be a number between 1 and 86400
        --mcp-gateway-public-host=h --server-instructions=maybe      | --server-instructions must be true or false
        --mcp-gateway-public-host=h --drain-timeout=-1               | --drain-timeout must be a number between 0 and 3600
        --mcp-gateway-public-host=h --warm-up=31                     | --warm-up must be a number between 0 and 30
        --mcp-gateway-public-host=h --session-length=x               | --session-length must be a number
        --mcp-gateway-public-host=h --mcp-gateway-private-host=a:b:c | --mcp-gateway-private-host must look like
        --mcp-gateway-public-host=h --log-level=loud                 | must be debug, info, warn or error, not 'loud'
        --mcp-gateway-public-host=h --log-format=xml                 | must be txt or json, not 'xml'
        --mcp-gateway-public-host=h --enforce-tool-filtering=yes     | --enforce-tool-filtering must be true or false
        --mcp-gateway-public-host=h --allowed-origins=a.example      | --allowed-origins or MCP_ALLOWED_ORIGINS must list origins
        --mcp-gateway-public-host=h --allow-link-local-upstreams=1   | --allow-link-local-upstreams must be true or false
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

    @Test
    void everyDeclaredSettingIsRead() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (Field field : BrokerOptions.class.getDeclaredFields()) {
            if (field.getType() == Setting.class) {
                declared.add(field.get(null));
            }
        }

        assertThat(declared).isNotEmpty().hasSameElementsAs(BrokerOptions.ALL);
    }

    private static BrokerSettings valid(Map<String, String> environment, String... line) {
        SettingsReader.Result result = read(environment, line);
        assertThat(result).isInstanceOf(Valid.class);
        return ((Valid) result).settings();
    }

    private static SettingsReader.Result read(Map<String, String> environment, String... line) {
        CommandLine command = new CommandLine(CommandSpec.create());
        SettingsReader.declare(command.getCommandSpec());
        command.parseArgs(line);
        return SettingsReader.read(command.getCommandSpec(), environment);
    }
}
