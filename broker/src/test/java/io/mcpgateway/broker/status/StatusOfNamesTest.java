package io.mcpgateway.broker.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.pinning.PinnedServer;
import io.mcpgateway.broker.pinning.Reports;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of names that mean nothing, and of tools that nobody has approved. */
class StatusOfNamesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final ServerName SERVER = new ServerName("ns/server");

    /** A server that has not been heard may have the tool: at a start, nobody is told of a typo that is none. */
    @Test
    void aPinnedToolOfTheGatewayThatNoServerHasIsNamedOnceAllAreHeard() {
        GatewaySnapshot starting = GatewaySnapshot.EMPTY.withConfig(
                config(ToolPinning.OFF, search(ToolSearch.Mode.ON, "s_a", "s_typo")), "1");

        assertThat(StatusMapping.report(starting, NOW).unmatched()).isEmpty();
        assertThat(StatusMapping.report(discovered(starting, "a"), NOW).unmatched())
                .containsExactly("pinned tool s_typo");
    }

    @Test
    void pinnedToolsMeanNothingWhereToolsAreNotSearched() {
        GatewaySnapshot listed = discovered(
                GatewaySnapshot.EMPTY.withConfig(config(ToolPinning.OFF, search(ToolSearch.Mode.OFF, "s_typo")), "1"),
                "a");

        assertThat(StatusMapping.report(listed, NOW).unmatched()).isEmpty();
    }

    @Test
    void aToolThatNobodyHasApprovedIsQuarantinedByItsServer() {
        GatewaySnapshot snapshot = quarantined("a", "b");

        for (String name : List.of("a", "s_a")) {
            Explanation.Case one = ask(snapshot, name).cases().getFirst();

            assertThat(one.name()).isEqualTo("s_a");
            assertThat(one.served()).isFalse();
            assertThat(one.code()).contains(ReasonCode.QUARANTINED);
            assertThat(one.object()).isEqualTo("server ns/server");
            assertThat(one.message())
                    .contains("not approved", "a (new)")
                    .containsPattern("its digest is [0-9a-f]{32}$");
        }
        assertThat(ask(snapshot, "s_c").cases().getFirst().code()).contains(ReasonCode.UNKNOWN);
    }

    /** The status names fifty; the question is about any. */
    @Test
    void everyToolThatIsWithheldIsExplained() {
        String[] tools = IntStream.range(0, 120).mapToObj(tool -> "t" + tool).toArray(String[]::new);

        GatewaySnapshot snapshot = quarantined(tools);

        assertThat(Objects.requireNonNull(snapshot.pinned().get(SERVER)).withheld())
                .hasSize(120);
        assertThat(tools)
                .allSatisfy(tool -> assertThat(
                                ask(snapshot, "s_" + tool).cases().getFirst().code())
                        .contains(ReasonCode.QUARANTINED));
    }

    @Test
    void nothingIsWithheldOfAServerWhoseToolsAreNotPinned() {
        assertThat(PinnedServer.of(ServerReport.connecting(SERVER), ToolPinning.OFF)
                        .withheld())
                .isEmpty();
    }

    private static GatewaySnapshot quarantined(String... tools) {
        ToolPinning pinning = new ToolPinning(PinningMode.QUARANTINE, Set.of());
        return discovered(GatewaySnapshot.EMPTY.withConfig(config(pinning, ToolSearch.UNSET), "1"), tools);
    }

    private static GatewaySnapshot discovered(GatewaySnapshot snapshot, String... tools) {
        return snapshot.withReport(Reports.of(
                SERVER,
                List.of(tools).stream()
                        .map("{\"name\":\"%s\",\"inputSchema\":{\"type\":\"object\"}}"::formatted)
                        .toList()));
    }

    private static ToolSearch search(ToolSearch.Mode mode, String... pinned) {
        return new ToolSearch(Optional.of(mode), List.of(pinned));
    }

    private static Explanation ask(GatewaySnapshot snapshot, String name) {
        return Why.answer(
                snapshot,
                new WhyQuestion.About(name, Optional.empty(), Optional.empty(), Authorization.EVERYTHING),
                NOW);
    }

    private static BrokerConfig config(ToolPinning pinning, ToolSearch search) {
        McpServer server = new McpServer(
                SERVER,
                URI.create("http://server.example/mcp"),
                "server.mcp.local",
                "s_",
                Optional.empty(),
                McpServer.State.ENABLED);
        return new BrokerConfig(List.of(server.pinned(pinning)), List.of(), Optional.empty(), List.of(), search);
    }
}
