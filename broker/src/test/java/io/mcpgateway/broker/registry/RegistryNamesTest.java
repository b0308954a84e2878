package io.mcpgateway.broker.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.url.Chosen;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryNamesTest {
    /** Of the server.json schema. */
    private static final String PATTERN = "[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+";

    @ParameterizedTest
    @CsvSource({
        "mcp.example.com, com.example.mcp/gateway",
        "localhost,       localhost/gateway",
        "127.0.0.1,       127.0.0.1/gateway",
        "[::1],           1/gateway"
    })
    void theNamespaceIsThePublicHostReversed(String host, String name) {
        assertThat(RegistryNames.of(new Chosen.Nothing(), host)).isEqualTo(name).matches(PATTERN);
    }

    @Test
    void namesOfKubernetesAreReadable() {
        assertThat(virtualServer("team/small.v2")).isEqualTo("com.example/virtual-servers.team.small.v2");
        assertThat(RegistryNames.of(new Chosen.Server(new ServerName("team/weather")), "example.com"))
                .isEqualTo("com.example/servers.team.weather");
        assertThat(virtualServer("small")).isEqualTo("com.example/virtual-servers.small");
    }

    @Test
    void noTwoNamesBecomeOne() {
        List<String> names = List.of(
                "a/b",
                "a.b",
                "a/b/c",
                "a.b/c",
                "a/b.c",
                "a b",
                "a-b",
                "ü",
                "ö",
                "ab",
                "a".repeat(300),
                "a".repeat(301));

        Set<String> shown = names.stream().map(RegistryNamesTest::virtualServer).collect(Collectors.toSet());

        assertThat(shown)
                .hasSameSizeAs(names)
                .allSatisfy(name -> assertThat(name).matches(PATTERN).hasSizeLessThanOrEqualTo(200));
    }

    private static String virtualServer(String name) {
        return RegistryNames.of(new Chosen.VirtualServer(name), "example.com");
    }
}
