package io.mcpgateway.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pinned tools in config.yaml and in {@code /status}. */
class PinnedToolsTest {
    private static final String DIGITS = "0123456789abcdef0123456789abcdef";
    /** YAML would read it as a number. */
    private static final String NUMBER = "12345678901234567890123456789012";

    private static final ToolDigest GREET = new ToolDigest("greet", DIGITS, "description=0f1e2d3c", true);

    @Test
    void theControllersEntryReadsBackEqual() {
        McpServer server = server("{name: ns/a, url: \"http://a/mcp\"}")
                .pinned(new ToolPinning(
                        PinningMode.QUARANTINE,
                        Set.of(NUMBER, DIGITS),
                        List.of(GREET, new ToolDigest("1e3", NUMBER, "", false))));

        String printed = ConfigYaml.print(new BrokerConfig(List.of(server), List.of()));

        assertThat(ConfigYaml.parse(printed))
                .isEqualTo(new ConfigYaml.Result.Parsed(new BrokerConfig(List.of(server), List.of())));
    }

    /** What was remembered is of no use then, and must not come back. */
    @ParameterizedTest
    @ValueSource(strings = {"Off", "'Off'", "false"})
    void nothingIsWrittenOfAServerThatIsNotPinned(String off) {
        McpServer server = server(
                "{name: ns/a, url: \"http://a/mcp\", toolPinning: " + off + ", approvedTools: [\"" + DIGITS + "\"]}");

        assertThat(ConfigYaml.print(new BrokerConfig(List.of(server), List.of())))
                .doesNotContain("toolPinning", "approvedTools");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "toolPinning: quarantine|must be Off, Observe or Quarantine",
                "toolPinning: Observe, approvedTools: 0123|expected a list",
                "toolPinning: Observe, approvedTools: [xyz]|must be a list of digests of 32 hex digits",
                "toolPinning: Observe, approvedTools: [12345678901234567890123456789012]|put them in quotes",
            })
    void whatIsNotUnderstoodIsRefused(String members, String problem) {
        ConfigYaml.Result result =
                ConfigYaml.parse("servers:\n- {name: ns/a, url: \"http://a/mcp\", " + members + "}\n");

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConfigYaml.Result.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("servers[0] (ns/a)", problem));
    }

    @Test
    void theStatusComesBackAsItWasPrinted() {
        PinningStatus pinning = new PinningStatus(
                PinningMode.QUARANTINE,
                DIGITS,
                List.of(GREET),
                70,
                List.of(new ToolFinding(
                        "greet", DIGITS, ToolFinding.Kind.CHANGED, List.of("description", "title"), List.of("a tag"))),
                List.of(new ToolFinding("add", NUMBER, ToolFinding.Kind.APPROVED, List.of(), List.of("a tag"))));

        ServerStatus status = status().with(Optional.of(pinning));
        StatusReport report = new StatusReport(1, "c0ffee", List.of(status), Instant.parse("2026-12-01T10:00:00Z"));
        byte[] printed = StatusJson.print(report);

        assertThat(StatusJson.parse(printed)).isEqualTo(new StatusJson.Result.Parsed(report));
        assertThat(new String(printed, StandardCharsets.UTF_8))
                .contains(
                        "\"unapproved\":[{\"name\":\"greet\",\"digest\":\"" + DIGITS
                                + "\",\"reason\":\"quarantined\",\"state\":\"changed\",\"changed\":[\"description\",\"title\"]");
    }

    /** Of an earlier version, or of a server whose tools are not known yet. */
    @Test
    void aBrokerMayNotSayAnythingOfThem() {
        assertThat(new String(StatusJson.print(status()), StandardCharsets.UTF_8))
                .doesNotContain("toolPinning");
    }

    @Test
    void aNameThatPretendsToBeSomethingElseIsShortened() {
        assertThat(new ToolFinding("a\u202Eb".repeat(50), DIGITS, ToolFinding.Kind.NEW, List.of(), List.of())
                        .described())
                .startsWith("a?ba?b")
                .endsWith("... (new)")
                .hasSize(69);
    }

    private static McpServer server(String entry) {
        return ((ConfigYaml.Result.Parsed) ConfigYaml.parse("servers:\n- " + entry + "\n"))
                .config()
                .servers()
                .getFirst();
    }

    private static ServerStatus status() {
        return new ServerStatus(
                "ns/a::a.mcp.local",
                new ServerName("ns/a"),
                McpServer.State.ENABLED,
                true,
                "fine",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                ServerStatus.Totals.NONE,
                List.of(),
                List.of(),
                ServerStatus.DefinitionsStatus.NONE,
                Optional.empty(),
                false);
    }
}
