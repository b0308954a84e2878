package io.mcpgateway.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.reason.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:05Z");

    @Test
    void everyMemberIsPrintedInFixedOrder() throws IOException {
        assertThat(text(StatusJson.print(full()))).isEqualTo(golden("full.json"));
    }

    @Test
    void aBrokerWithoutServersIsValid() throws IOException {
        assertThat(text(StatusJson.print(new StatusReport(0, "", List.of(), NOW))))
                .isEqualTo(golden("empty.json"));
    }

    @Test
    void whatWasPrintedIsReadBackEqual() {
        assertThat(StatusJson.parse(StatusJson.print(full()))).isEqualTo(new StatusJson.Result.Parsed(full()));
    }

    @Test
    void oneServerIsPrintedLikeInTheReport() throws IOException {
        String server = text(StatusJson.print(full().servers().getFirst()));
        assertThat(golden("full.json")).contains("\"servers\":[" + server + ",");
    }

    @Test
    void unknownMembersAreIgnoredAndAbsentOnesHaveDefaults() {
        StatusJson.Result read = StatusJson.parse(
                bytes(
                        "{\"later\":[1],\"servers\":[{\"name\":\"ns/a\",\"later\":{}}],\"timestamp\":\"2026-11-23T10:00:05Z\"}"));

        ServerStatus server = plain(
                "",
                new ServerName("ns/a"),
                McpServer.State.ENABLED,
                false,
                "",
                Optional.empty(),
                Optional.empty(),
                ServerStatus.Totals.NONE,
                List.of(),
                List.of());
        assertThat(read).isEqualTo(new StatusJson.Result.Parsed(new StatusReport(0, "", List.of(server), NOW)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"servers\"",
                "{\"servers\":{}}",
                "{\"servers\":[{}]}",
                "{\"servers\":[7]}",
                "{\"servers\":[],\"timestamp\":\"yesterday\"}",
                "{\"servers\":["
            })
    void whatIsNoStatusDocumentIsRefused(String document) {
        assertThat(StatusJson.parse(bytes(document))).isInstanceOf(StatusJson.Result.Refused.class);
    }

    @Test
    void aServerIsFoundByItsName() {
        assertThat(full().server(new ServerName("ns/two")))
                .contains(full().servers().get(1));
        assertThat(full().server(new ServerName("ns/nobody"))).isEmpty();
    }

    @Test
    void whatIsSaidOfDefinitionsAndCredentialsComesBackAsItWasPrinted() {
        ServerStatus server = new ServerStatus(
                "ns/a::a.mcp.local",
                new ServerName("ns/a"),
                McpServer.State.ENABLED,
                true,
                "fine",
                Optional.empty(),
                Optional.of("2026-07-28"),
                List.of("2025-11-25", "2026-07-28"),
                ServerStatus.Totals.NONE,
                List.of(),
                List.of(new ServerStatus.InvalidToolStatus("bad", List.of("inputSchema is missing"))),
                new ServerStatus.DefinitionsStatus(
                        7,
                        List.of(new ServerStatus.DefinitionStatus("prompt", "p", List.of("name is missing"))),
                        60,
                        List.of(new ServerStatus.DefinitionStatus("tool", "t", List.of("title was null"))),
                        1,
                        List.of(new ServerStatus.DefinitionStatus("tool", "a b", List.of("has characters")))),
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(ReasonCode.CREDENTIAL_REFUSED),
                true);
        StatusReport report = new StatusReport(
                1,
                "c0ffee",
                List.of(server),
                List.of(),
                NOW,
                Optional.of("TLS handshake failed"),
                List.of("pinned tool typo"));

        byte[] printed = StatusJson.print(report);

        assertThat(StatusJson.parse(printed)).isEqualTo(new StatusJson.Result.Parsed(report));
        assertThat(text(printed))
                .contains("\"unmatched\":[\"pinned tool typo\"]")
                .contains("\"totalInvalid\":7", "\"totalMended\":60", "\"totalDoubtfulNames\":1")
                .contains(
                        "\"mendedDefinitionList\":[{\"kind\":\"tool\",\"name\":\"t\",\"changes\":[\"title was null\"]}]");
    }

    @Test
    void aBrokerOfAnEarlierVersionOnlySaysWhatItSpeaksItself() {
        StatusJson.Result read = StatusJson.parse(bytes("{\"servers\":[{\"name\":\"ns/a\",\"protocolVersion\":"
                + "\"2025-06-18\"}],\"timestamp\":\"2026-11-23T10:00:05Z\"}"));

        assertThat(read).isInstanceOfSatisfying(StatusJson.Result.Parsed.class, parsed -> {
            ServerStatus server = parsed.report().servers().getFirst();
            assertThat(server.protocolVersions()).containsExactly("2025-06-18");
            assertThat(server.modernOnly()).isFalse();
        });
    }

    @Test
    void virtualServersComeBackAsTheyWerePrinted() {
        VirtualServerStatus tools = new VirtualServerStatus("team/tools", 2, List.of("s1_typo"));
        VirtualServerStatus rules = new VirtualServerStatus(
                "team/rules",
                "0123456789abcdef",
                new ServerStatus.Totals(1, 2, 3, 4),
                List.of(),
                List.of("include[0]"),
                new VirtualServerStatus.Names(
                        60,
                        List.of(new ServerStatus.DefinitionStatus("tool", "a_x", List.of("the name 'x' is taken")))),
                new VirtualServerStatus.Names(
                        1, List.of(new ServerStatus.DefinitionStatus("tool", "a b", List.of("has characters")))));
        StatusReport report = new StatusReport(1, "c0ffee", List.of(), List.of(tools, rules), NOW);

        StatusJson.Result result = StatusJson.parse(StatusJson.print(report));

        assertThat(result).isEqualTo(new StatusJson.Result.Parsed(report));
        assertThat(report.virtualServer("team/tools")).contains(tools);
        assertThat(report.virtualServer("team/others")).isEmpty();
    }

    private static StatusReport full() {
        ServerStatus one = plain(
                "ns/one:s1_:one.mcp.local",
                new ServerName("ns/one"),
                McpServer.State.ENABLED,
                true,
                "3 tools",
                Optional.of(Instant.parse("2026-11-23T10:00:00Z")),
                Optional.of("2025-06-18"),
                new ServerStatus.Totals(3, 2, 1, 4),
                List.of(),
                List.of());
        ServerStatus two = plain(
                "ns/two::two.mcp.local",
                new ServerName("ns/two"),
                McpServer.State.ENABLED,
                false,
                "conflict: ns/one keeps 'echo'",
                Optional.of(Instant.parse("2026-11-23T09:59:00Z")),
                Optional.of("2025-11-25"),
                new ServerStatus.Totals(1, 0, 0, 0),
                List.of(new ServerStatus.NameConflict("tool", "echo", new ServerName("ns/one"))),
                List.of(new ServerStatus.InvalidToolStatus(
                        "bad tool", List.of("the name has a blank", "no inputSchema"))));
        ServerStatus three = plain(
                "ns/three:s3_:three.mcp.local",
                new ServerName("ns/three"),
                McpServer.State.DISABLED,
                false,
                "disabled",
                Optional.empty(),
                Optional.empty(),
                ServerStatus.Totals.NONE,
                List.of(),
                List.of());
        return new StatusReport(7, "c0ffee", List.of(one, two, three), NOW);
    }

    /** A server that speaks one revision, and whose other definitions are all served unchanged. */
    private static ServerStatus plain(
            String id,
            ServerName name,
            McpServer.State state,
            boolean ready,
            String message,
            Optional<Instant> lastValidated,
            Optional<String> protocolVersion,
            ServerStatus.Totals totals,
            List<ServerStatus.NameConflict> conflicts,
            List<ServerStatus.InvalidToolStatus> invalidTools) {
        return new ServerStatus(
                id,
                name,
                state,
                ready,
                message,
                lastValidated,
                protocolVersion,
                protocolVersion.stream().toList(),
                totals,
                conflicts,
                invalidTools,
                new ServerStatus.DefinitionsStatus(invalidTools.size(), List.of(), 0, List.of(), 0, List.of()),
                Optional.empty(),
                false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = StatusJsonTest.class.getResourceAsStream("/golden/status/" + name)) {
            assertThat(file).as(name).isNotNull();
            return text(file.readAllBytes()).strip();
        }
    }
}
