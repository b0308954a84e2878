package io.mcpgateway.broker.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.OpenOutcome;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.spi.InetAddressResolverProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"http://169.254.169.254/mcp", "https://[fe80::1]:8443/mcp", "http://metadata.google.internal/mcp"
            })
    void nothingIsSentToALinkLocalAddress(URI url) throws InterruptedException {
        try (McpHttpClient client = new McpHttpClient()) {
            McpTarget target = new McpTarget(url, Map::of, HttpLimits.DEFAULT);

            assertThat(client.open(target, InitializeParams.latest("test"), _ -> {}))
                    .isEqualTo(new OpenOutcome.NotOpened(
                            new McpOutcome.Unreachable("not connected: the url names a link-local or metadata address"
                                    + " (allowed by --allow-link-local-upstreams)")));
        }
    }

    @Test
    void theFlagAllowsThem() {
        URI url = URI.create("http://169.254.169.254/mcp");

        assertThat(AddressRule.STRICT.refusal(url)).isPresent();
        assertThat(new AddressRule(true).refusal(url)).isEmpty();
    }

    @Test
    void onlyTheRefusedAddressesOfANameGo() {
        InetAddress sensitive = InetAddress.ofLiteral("169.254.169.254");
        InetAddress harmless = InetAddress.ofLiteral("192.0.2.1");

        assertThat(AddressRule.STRICT.usable(List.of(sensitive, harmless))).containsExactly(harmless);
        assertThat(new AddressRule(true).usable(List.of(sensitive, harmless))).containsExactly(sensitive, harmless);
    }

    @Test
    void javaResolvesNamesThroughTheGuard() {
        assertThat(ServiceLoader.load(InetAddressResolverProvider.class).findFirst())
                .containsInstanceOf(GuardedNames.class);
    }

    /** In a process of its own, because Java chooses its resolver once. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sensitive.example | false | not connected: the host name resolves to a link-local or metadata address
        mapped.example    | false | not connected: the host name resolves to a link-local or metadata address
        rebound.example   | false | not connected: the host name resolves to a link-local or metadata address
        missing.example   | false | unknown host
        harmless.example  | false | connection refused
        both.example      | false | connection refused
        loopback.example  | true  | connection refused
        """)
    void aNameIsJudgedWhenItIsResolvedForTheConnection(
            String name, boolean everywhere, String expected, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(InetAddressResolverProvider.class.getName()), ScriptedNames.class.getName());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + System.getProperty("java.class.path"),
                        ScriptedNames.class.getName(),
                        "http://" + name + ":1/mcp",
                        Boolean.toString(everywhere))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output)
                    .contains("outcome: " + expected)
                    .contains("transport: "
                            + (expected.startsWith("connection") ? "connection refused" : "unknown host"));
        } finally {
            process.destroyForcibly();
        }
    }
}
