package io.mcpgateway.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.session.ServerKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** For which views the gateway can speak a modern revision. */
class ModernViewsTest {
    private static final CapabilityView ALL = new CapabilityView.Everything();
    private static final String MODERN = ProtocolVersions.MODERN.getLast();
    private static final ServerEras BOTH =
            new ServerEras(Optional.of(new ServerEras.LegacyLeg(ProtocolVersions.LATEST, true)), List.of(MODERN));

    private final Map<CapabilityKind, Map<String, CapabilityRoute>> routes = new EnumMap<>(CapabilityKind.class);
    private final List<ServerRoute> servers = new ArrayList<>();
    private final List<VirtualServer> virtualServers = new ArrayList<>();

    @Test
    void nothingIsNotModern() {
        assertThat(table().modernOnly(ALL)).isFalse();
        assertThat(RouteTable.EMPTY.modernOnly(ALL)).isFalse();
    }

    @Test
    void everyServerThatIsShownHasToSpeakAModernRevision() {
        serves("modern", ServerEras.modern(MODERN), CapabilityKind.TOOL, "a");
        serves("both", BOTH, CapabilityKind.RESOURCE, "x://b");

        assertThat(table().modernOnly(ALL)).isTrue();

        serves("legacy", ServerEras.legacy(ProtocolVersions.LATEST, true), CapabilityKind.RESOURCE_TEMPLATE, "y://{c}");

        assertThat(table().modernOnly(ALL)).isFalse();
    }

    @Test
    void aServerThatShowsNothingDoesNotCount() {
        serves("modern", BOTH, CapabilityKind.TOOL, "a");
        server("away", ServerEras.NONE);
        server("empty", ServerEras.legacy(ProtocolVersions.LATEST, false));

        assertThat(table().modernOnly(ALL)).isTrue();
    }

    @Test
    void aVirtualServerIsJudgedByWhatItShows() {
        serves("modern", BOTH, CapabilityKind.TOOL, "a");
        serves("legacy", ServerEras.legacy(ProtocolVersions.LATEST, true), CapabilityKind.TOOL, "b");
        virtualServers.add(new VirtualServer("ns/modern", List.of("a", "unknown")));
        virtualServers.add(new VirtualServer("ns/mixed", List.of("a", "b")));
        virtualServers.add(new VirtualServer("ns/empty", List.of("unknown")));
        RouteTable table = table();

        assertThat(table.modernOnly(ALL)).isFalse();
        assertThat(table.modernOnly(view(table, "ns/modern"))).isTrue();
        assertThat(table.modernOnly(view(table, "ns/mixed"))).isFalse();
        assertThat(table.modernOnly(view(table, "ns/empty"))).isFalse();
    }

    @Test
    void promptsThatAVirtualServerDoesNotRestrictCountToo() {
        serves("modern", BOTH, CapabilityKind.TOOL, "a");
        serves("modern", BOTH, CapabilityKind.PROMPT, "p");
        serves("legacy", ServerEras.legacy(ProtocolVersions.LATEST, true), CapabilityKind.PROMPT, "q");
        virtualServers.add(new VirtualServer("ns/all-prompts", List.of("a")));
        virtualServers.add(new VirtualServer("ns/one-prompt", List.of("a"), List.of("p")));
        RouteTable table = table();

        assertThat(table.modernOnly(view(table, "ns/all-prompts"))).isFalse();
        assertThat(table.modernOnly(view(table, "ns/one-prompt"))).isTrue();
    }

    @Test
    void aVirtualServerThatShowsAServersResourcesCountsThatServer() {
        serves("legacy", ServerEras.legacy(ProtocolVersions.LATEST, true), CapabilityKind.PROMPT, "q");
        serves("legacy", ServerEras.legacy(ProtocolVersions.LATEST, true), CapabilityKind.RESOURCE, "x://r");
        serves("modern", BOTH, CapabilityKind.RESOURCE, "y://r");
        virtualServers.add(new VirtualServer("ns/vs", List.of("unknown"), List.of("q")));
        RouteTable table = table();

        assertThat(table.modernOnly(view(table, "ns/vs"))).isFalse();
        assertThat(table.shown(view(table, "ns/vs"))).containsExactly(new ServerName("ns/legacy"));
    }

    @Test
    void anAuthorizationChangesNothing() {
        serves("modern", BOTH, CapabilityKind.TOOL, "a");
        serves("legacy", ServerEras.legacy(ProtocolVersions.LATEST, true), CapabilityKind.TOOL, "b");
        virtualServers.add(new VirtualServer("ns/modern", List.of("a")));
        RouteTable table = table();
        Authorization onlyModern = new Authorization(
                new AuthorizedNames.Only(Map.of("ns/modern", Set.of("a"))),
                new AuthorizedNames.Everything(),
                new AuthorizedNames.Everything());

        assertThat(table.modernOnly(new CapabilityView.Authorized(new CapabilityView.Everything(), onlyModern)))
                .isFalse();
        assertThat(table.modernOnly(new CapabilityView.Authorized(view(table, "ns/modern"), onlyModern)))
                .isTrue();
    }

    @Test
    void aRefusedViewIsNotModern() {
        serves("modern", BOTH, CapabilityKind.TOOL, "a");

        assertThat(table().modernOnly(new CapabilityView.Refused("no"))).isFalse();
    }

    private RouteTable table() {
        return RouteTable.of(routes, servers, virtualServers);
    }

    private static CapabilityView.Only view(RouteTable table, String name) {
        return Optional.ofNullable(table.virtualServers().get(name)).orElseThrow();
    }

    private void serves(String server, ServerEras eras, CapabilityKind kind, String name) {
        routes.computeIfAbsent(kind, _ -> new HashMap<>())
                .put(name, new CapabilityRoute(kind, server(server, eras), name, ToolHints.UNSPECIFIED));
    }

    private ServerRoute server(String name, ServerEras eras) {
        URI url = URI.create("http://" + name + "/mcp");
        ServerRoute route = new ServerRoute(
                new ServerName("ns/" + name),
                name + ".mcp.local",
                "/mcp",
                url,
                new CallAuthorization.None(),
                Optional.empty(),
                eras,
                ServerKey.of("ns/" + name, url));
        servers.add(route);
        return route;
    }
}
