package io.mcpgateway.broker.url;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTableTest {
    private static final String PUBLIC = "mcp.example.com";
    private static final UrlTable TABLE = UrlTable.of(
            List.of(new ServerName("team/weather"), new ServerName("b/c")),
            List.of(
                    virtualServer("team/small", null, null),
                    virtualServer("team/finance", "/mcp/finance", null),
                    virtualServer("team/own", null, "own.example.com"),
                    virtualServer("team/both", "/mcp/there", "own.example.com"),
                    virtualServer("servers/a", null, null),
                    virtualServer("odd name/..", null, null)));

    private static VirtualServer virtualServer(String name, @Nullable String path, @Nullable String hostname) {
        return new VirtualServer(name, List.of())
                .at(new ChosenUrl(Optional.ofNullable(path), Optional.ofNullable(hostname)));
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.example.com, /mcp, ''",
        "mcp.example.com:8080, /mcp/, ''",
        "anything.else, /mcp, ''",
        "mcp.example.com, /mcp/team/small, v:team/small",
        "mcp.example.com, /mcp/team/small/, v:team/small",
        "mcp.example.com, /mcp/finance, v:team/finance",
        "mcp.example.com, /mcp/team/finance, v:team/finance",
        "mcp.example.com, /mcp/team/own, v:team/own",
        "mcp.example.com, /mcp/servers/team/weather, s:team/weather",
        "mcp.example.com, /mcp/servers/a, v:servers/a",
        "mcp.example.com, /mcp/odd%20name/%2E%2E, v:odd name/..",
        "own.example.com, /mcp, v:team/own",
        "OWN.example.com.:443, /mcp/, v:team/own",
        "own.example.com, /mcp/there, v:team/both",
        "own.example.com, /mcp/team/own, v:team/own",
    })
    void aUrlChooses(String host, String path, String chosen) {
        assertThat(TABLE.find(host, path))
                .isEqualTo(new GatewayUrl.Found(Chosen.parse(chosen).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.example.com, /mcp/team/gone, unknown virtual server 'team/gone'",
        "mcp.example.com, /mcp/servers/team/gone, unknown server 'team/gone'",
        "mcp.example.com, /mcp/gone, unknown path '/mcp/gone'",
        "mcp.example.com, /mcp/there, unknown path '/mcp/there'",
        "mcp.example.com, /mcp//, unknown path '/mcp//'",
        "mcp.example.com, /mcp/team//small, unknown path",
        "mcp.example.com, /mcp/./team/small, unknown path",
        "mcp.example.com, /mcp/team/small/../small, unknown path",
        "mcp.example.com, /mcp/team%2Fsmall, unknown path",
        "mcp.example.com, /mcp/team/small;a=b, unknown path",
        "mcp.example.com, /mcp/Team/small, unknown virtual server 'Team/small'",
        "mcp.example.com, /mcp/servers, unknown path '/mcp/servers'",
        "own.example.com, /mcp/team/small, 'own.example.com serves /mcp, /mcp/team/both, /mcp/team/own, /mcp/there'",
        "own.example.com, /mcp/servers/team/weather, own.example.com serves",
    })
    void anUnknownOneIsNamed(String host, String path, String problem) {
        assertThat(TABLE.find(host, path)).isInstanceOf(GatewayUrl.Unknown.class);
        assertThat(((GatewayUrl.Unknown) TABLE.find(host, path)).problem()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "/",
        "''",
        "/MCP",
        "/mcpx",
        "/mcp%2F",
        "/mcp;x",
        "//mcp",
        "/.well-known/oauth-protected-resource/mcp",
        "*"
    })
    void otherPathsAreElsewhere(String path) {
        assertThat(TABLE.find(PUBLIC, path)).isEqualTo(new GatewayUrl.Elsewhere());
        assertThat(TABLE.find("own.example.com", path)).isEqualTo(new GatewayUrl.Elsewhere());
    }

    @Test
    void theRouterMayLeadARequestOnUnderThePathOfItsChoice() {
        TABLE.hosts()
                .forEach((host, paths) -> paths.values()
                        .forEach(chosen ->
                                assertThat(TABLE.find(PUBLIC, chosen.path())).isEqualTo(new GatewayUrl.Found(chosen))));
        TABLE.paths()
                .values()
                .forEach(chosen ->
                        assertThat(TABLE.find(PUBLIC, chosen.path())).isEqualTo(new GatewayUrl.Found(chosen)));
    }

    @Test
    void whatAUrlChoosesReadsBackFromItsText() {
        TABLE.paths()
                .values()
                .forEach(chosen -> assertThat(Chosen.parse(chosen.text())).contains(chosen));
        assertThat(Chosen.parse("x:team/small")).isEmpty();
        assertThat(Chosen.parse("s:")).isEmpty();
        assertThat(Chosen.parse("s:a b")).isEmpty();
    }

    /** Whatever is written around a path: it chooses what stands in the table under exactly this text, or nothing at all. */
    @Test
    void nothingButTheExactPathIsFound() {
        Random random = new Random(1);
        List<String> pieces = List.of(
                "/",
                "//",
                "/mcp",
                "mcp",
                "/servers",
                "/team",
                "/small",
                "/finance",
                "/weather",
                "..",
                "/..",
                "/.",
                "%2F",
                "%2f",
                "%2E%2E",
                "%00",
                ";",
                ";a=b",
                "\\",
                "\t",
                " ",
                "MCP",
                "?",
                "#",
                "\u00e9",
                "/b",
                "/c",
                "@",
                ":");
        for (int round = 0; round < 200_000; round++) {
            StringBuilder path = new StringBuilder(random.nextBoolean() ? "/mcp" : "");
            for (int piece = random.nextInt(6); piece >= 0; piece--) {
                path.append(pieces.get(random.nextInt(pieces.size())));
            }
            for (String host : List.of(PUBLIC, "own.example.com")) {
                Map<String, Chosen> there =
                        host.equals(PUBLIC) ? TABLE.paths() : TABLE.hosts().getOrDefault(host, Map.of());
                String text = path.toString();
                String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
                if (TABLE.find(host, text) instanceof GatewayUrl.Found(Chosen chosen)) {
                    assertThat(there).as(text).containsEntry(bare, chosen);
                } else {
                    assertThat(there).as(text).doesNotContainKey(bare);
                }
            }
        }
    }
}
