package io.mcpgateway.broker.pinning;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.search.FindToolsCall;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.url.Chosen;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under Quarantine, a definition that nobody has approved can neither be listed nor called, whatever a request chooses. */
class QuarantineTest {
    private static final ServerName PINNED = new ServerName("ns/pinned");
    private static final ServerName OTHER = new ServerName("ns/other");
    private static final int ROUNDS = 60;

    /** Changes definitions at random, approves some, and compares every view with what is approved. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsNotApprovedIsNeitherListedNorCallableInAnyView(long seed) {
        Random random = new Random(seed);
        List<String> tools = new ArrayList<>(List.of(tool("a", "0"), tool("b", "0"), tool("c", "0")));
        GatewaySnapshot snapshot = discovered(GatewaySnapshot.EMPTY.withConfig(config(Set.of()), "0"), tools);
        Set<String> approved = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (random.nextBoolean()) {
                int index = random.nextInt(tools.size());
                String name =
                        random.nextInt(4) == 0 ? "d" + random.nextInt(9) : "abc".substring(index % 3, index % 3 + 1);
                tools.set(index, tool(name, String.valueOf(random.nextInt(3))));
                snapshot = discovered(snapshot, tools);
            } else {
                PinningStatus status = status(snapshot);
                approved.add(
                        random.nextInt(4) == 0
                                ? status.list()
                                : status.tools()
                                        .get(random.nextInt(status.tools().size()))
                                        .digest());
                snapshot = snapshot.withConfig(config(approved), String.valueOf(round));
            }
            check(snapshot, approved);
        }
    }

    @Test
    void aChangedToolIsBackAsSoonAsItIsApproved() {
        GatewaySnapshot first = discovered(
                GatewaySnapshot.EMPTY.withConfig(config(Set.of()), "0"), List.of(tool("a", "old"), tool("b", "old")));
        assertThat(seen(first, new Chosen.Nothing())).isEmpty();
        GatewaySnapshot trusted = first.withConfig(config(Set.of(status(first).list())), "1");
        assertThat(seen(trusted, new Chosen.Nothing())).containsExactly("p_a", "p_b");

        GatewaySnapshot changed = discovered(
                trusted.withConfig(
                        config(status(first).tools().stream()
                                .map(tool -> tool.digest())
                                .collect(Collectors.toSet())),
                        "2"),
                List.of(tool("a", "new"), tool("b", "old")));
        assertThat(seen(changed, new Chosen.Nothing())).containsExactly("p_b");

        GatewaySnapshot approved =
                changed.withConfig(config(Set.of(status(changed).list())), "3");
        assertThat(seen(approved, new Chosen.Nothing())).containsExactly("p_a", "p_b");
    }

    /** Without a controller, nothing but the process remembers what the approved definition was. */
    @Test
    void whatAnApprovedToolWasBeforeIsKnownWhileTheProcessRuns() {
        GatewaySnapshot first =
                discovered(GatewaySnapshot.EMPTY.withConfig(config(Set.of()), "0"), List.of(tool("a", "old")));
        BrokerConfig approved = config(Set.of(status(first).list()));
        List<String> changed = List.of(tool("a", "new"), tool("b", "old"));

        GatewaySnapshot running = discovered(first.withConfig(approved, "1"), changed);
        GatewaySnapshot restarted = discovered(GatewaySnapshot.EMPTY.withConfig(approved, "1"), changed);

        assertThat(unapproved(running)).isEqualTo("a (description changed), b (new)");
        assertThat(unapproved(restarted)).isEqualTo("a (new), b (new)");
        assertThat(seen(running, new Chosen.Nothing()))
                .isEqualTo(seen(restarted, new Chosen.Nothing()))
                .isEmpty();
    }

    @Test
    void theSameAnswerAfterARestart() {
        List<String> tools = List.of(tool("a", "old"), tool("b", "old"));
        GatewaySnapshot before = discovered(GatewaySnapshot.EMPTY.withConfig(config(Set.of()), "0"), tools);
        BrokerConfig pinned = config(Set.of(status(before).tools().getFirst().digest()));

        GatewaySnapshot other = discovered(GatewaySnapshot.EMPTY.withConfig(pinned, "1"), tools);

        assertThat(seen(before.withConfig(pinned, "1"), new Chosen.Nothing()))
                .isEqualTo(seen(other, new Chosen.Nothing()))
                .containsExactly("p_a");
    }

    /** Otherwise an empty list would be trusted on first use, and every tool be a new one. */
    @Test
    void nothingIsSaidOfAServerThatHasNotListedItsToolsYet() {
        ToolPinning quarantine = new ToolPinning(PinningMode.QUARANTINE, Set.of());
        ServerReport away = new ServerReport(
                PINNED, ServerReport.Phase.FAILED, "refused", Optional.empty(), Listings.NONE, Optional.empty());

        assertThat(PinnedServer.of(ServerReport.connecting(PINNED), quarantine).status())
                .isEmpty();
        assertThat(PinnedServer.of(away, quarantine).status()).isEmpty();
    }

    @Test
    void observedToolsAreServed() {
        BrokerConfig observing = config(new ToolPinning(PinningMode.OBSERVE, Set.of()));
        GatewaySnapshot snapshot = discovered(
                GatewaySnapshot.EMPTY.withConfig(observing, "0"), List.of(tool("a", "old"), tool("b", "old")));

        assertThat(seen(snapshot, new Chosen.Nothing())).containsExactly("p_a", "p_b");
        assertThat(status(snapshot).totalUnapproved()).isEqualTo(2);
        assertThat(status(snapshot).withheld()).isZero();
    }

    private static void check(GatewaySnapshot snapshot, Set<String> approved) {
        PinningStatus status = status(snapshot);
        Set<String> fine = status.tools().stream()
                .filter(tool -> approved.contains(tool.digest()) || approved.contains(status.list()))
                .map(tool -> tool.name())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> prefixed = fine.stream().map(name -> "p_" + name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(seen(snapshot, new Chosen.Nothing())).isEqualTo(prefixed);
        assertThat(seen(snapshot, new Chosen.VirtualServer("ns/searched"))).isEqualTo(prefixed);
        assertThat(seen(snapshot, new Chosen.VirtualServer("ns/named")))
                .isEqualTo(prefixed.stream()
                        .filter(name -> name.equals("p_a") || name.equals("p_b"))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(seen(snapshot, new Chosen.Server(PINNED))).isEqualTo(fine);
        assertThat(status.totalUnapproved()).isEqualTo(status.tools().size() - fine.size());
    }

    /** Listed and callable are the same: both are asked, and found by a search. */
    private static Set<String> seen(GatewaySnapshot snapshot, Chosen chosen) {
        CapabilityView view = CapabilityView.resolve(
                new ViewRequest(chosen, Optional.empty(), List.of(), Authorization.EVERYTHING, Optional.empty()),
                snapshot.table());
        Set<String> callable = new TreeSet<>();
        for (String name : List.of("a", "b", "c", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8")) {
            for (String seen : List.of(name, "p_" + name)) {
                view.find(CapabilityKind.TOOL, seen).ifPresent(item -> callable.add(item.name()));
            }
        }
        Set<String> shown = view.searchesTools()
                ? snapshot.search().find(new FindToolsCall.Question("greeting", 50), view).stream()
                        .map(item -> item.name())
                        .collect(Collectors.toCollection(TreeSet::new))
                : view.listed(CapabilityKind.TOOL)
                        .map(CapabilityView.Listed::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).isEqualTo(callable);
        return callable;
    }

    private static PinningStatus status(GatewaySnapshot snapshot) {
        return pinned(snapshot).status().orElseThrow();
    }

    private static String unapproved(GatewaySnapshot snapshot) {
        return pinned(snapshot).unapproved();
    }

    private static PinnedServer pinned(GatewaySnapshot snapshot) {
        return Objects.requireNonNull(snapshot.pinned().get(PINNED));
    }

    /** The server lists each name once. */
    private static GatewaySnapshot discovered(GatewaySnapshot snapshot, List<String> tools) {
        ServerReport report = Reports.of(PINNED, tools);
        return snapshot.withReport(report);
    }

    private static BrokerConfig config(Set<String> approved) {
        return config(new ToolPinning(PinningMode.QUARANTINE, approved));
    }

    private static BrokerConfig config(ToolPinning pinning) {
        VirtualServer searched = new VirtualServer(
                        "ns/searched",
                        List.of(
                                "p_a", "p_b", "p_c", "p_d0", "p_d1", "p_d2", "p_d3", "p_d4", "p_d5", "p_d6", "p_d7",
                                "p_d8"))
                .with(new ToolSearch(Optional.of(ToolSearch.Mode.ON), List.of()));
        return new BrokerConfig(
                List.of(server(PINNED, "p_", pinning), server(OTHER, "o_", ToolPinning.OFF)),
                List.of(searched, new VirtualServer("ns/named", List.of("p_a", "p_b"))));
    }

    private static McpServer server(ServerName name, String prefix, ToolPinning pinning) {
        McpServer plain = new McpServer(
                name,
                URI.create("http://" + prefix + "/mcp"),
                name.value().replace('/', '-') + ".mcp.local",
                prefix,
                Optional.empty(),
                McpServer.State.ENABLED);
        return plain.pinned(pinning);
    }

    private static String tool(String name, String description) {
        return "{\"name\":\"%s\",\"description\":\"a greeting %s\",\"inputSchema\":{\"type\":\"object\"}}"
                .formatted(name, description);
    }
}
