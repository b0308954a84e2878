package io.mcpgateway.broker.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateReader;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** For whom the ID of a task is good, tried with every server, caller and view. */
class TaskTargetTest {
    private static final RequestStates STATES = RequestStates.withKey(new byte[32]);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final StateReader READER = (binding, text) -> STATES.open(binding, text, NOW);
    private static final List<CallerBinding> CALLERS =
            List.of(new CallerBinding("alice"), new CallerBinding("bob"), CallerBinding.ANONYMOUS);
    private static final List<CallAuthorization> AUTHORIZATIONS = List.of(
            new CallAuthorization.None(),
            new CallAuthorization.Shared(new Credential("Bearer x")),
            new CallAuthorization.Forward());
    private static final List<String> TOOLS = List.of("alpha", "beta");

    @Test
    void anIdIsOnlyGoodForItsCallerServerAndTool() {
        RouteTable table = table(AUTHORIZATIONS);
        for (ServerRoute server : table.servers().values()) {
            for (String tool : TOOLS) {
                for (CallerBinding owner : CALLERS) {
                    ServerTask task = new ServerTask(server.key(), tool, "task\n1");
                    String id = TaskSeal.of(server.authorization(), owner).seal(STATES, task);
                    assertThat(id)
                            .doesNotContain("task\n1")
                            .isEqualTo(
                                    TaskSeal.of(server.authorization(), owner).seal(STATES, task));
                    for (CallerBinding caller : CALLERS) {
                        boolean good =
                                caller.equals(owner) || server.authorization() instanceof CallAuthorization.Forward;
                        TaskTarget target = TaskTarget.of(READER, caller, id, table, table.everything());
                        if (good) {
                            assertThat(target).isInstanceOfSatisfying(TaskTarget.Found.class, found -> {
                                assertThat(found.task()).isEqualTo(task);
                                assertThat(found.tool().server()).isEqualTo(server);
                                assertThat(found.tool().ownName()).isEqualTo(tool);
                            });
                        } else {
                            assertThat(target).isEqualTo(new TaskTarget.Unknown());
                        }
                    }
                }
            }
        }
    }

    /** What the view hides from lists and calls it hides here. */
    @Test
    void aTaskIsSeenWhereItsToolIs() {
        RouteTable table = table(AUTHORIZATIONS);
        List<CapabilityView> views = List.of(
                table.everything(),
                table.virtualServers().get("ns/vs"),
                new CapabilityView.Authorized(table.everything(), only(Map.of("ns/s1", Set.of("beta")))),
                new CapabilityView.Authorized(table.everything(), only(Map.of())),
                new CapabilityView.Refused("no"));
        for (CapabilityView view : views) {
            for (ServerRoute server : table.servers().values()) {
                for (String tool : TOOLS) {
                    String id = TaskSeal.of(server.authorization(), CALLERS.getFirst())
                            .seal(STATES, new ServerTask(server.key(), tool, "1"));
                    boolean shown = view.items(CapabilityKind.TOOL)
                            .anyMatch(item -> item.route().server().equals(server)
                                    && item.route().ownName().equals(tool));

                    TaskTarget target = TaskTarget.of(READER, CALLERS.getFirst(), id, table, view);

                    assertThat(target instanceof TaskTarget.Found).isEqualTo(shown);
                    assertThat(target instanceof TaskTarget.Unknown).isEqualTo(!shown);
                }
            }
        }
    }

    /** A server that forwards no credential any more cannot tell callers apart any more. */
    @Test
    void anIdForAnybodyDoesNotOutliveTheForwarding() {
        ServerKey key = server(table(AUTHORIZATIONS), "ns/s2").key();
        String id = TaskSeal.of(new CallAuthorization.Forward(), CALLERS.getFirst())
                .seal(STATES, new ServerTask(key, "alpha", "1"));
        RouteTable later = table(
                List.of(new CallAuthorization.None(), new CallAuthorization.None(), new CallAuthorization.None()));

        assertThat(TaskTarget.of(READER, CALLERS.getFirst(), id, later, later.everything()))
                .isEqualTo(new TaskTarget.Unknown());
    }

    @Test
    void aToolThatIsNotListedLeavesItsTasksOutOfReach() {
        RouteTable table = table(AUTHORIZATIONS);
        ServerRoute server = server(table, "ns/s0");
        String id = TaskSeal.of(server.authorization(), CALLERS.getFirst())
                .seal(STATES, new ServerTask(server.key(), "gone", "1"));

        assertThat(TaskTarget.of(READER, CALLERS.getFirst(), id, table, table.everything()))
                .isEqualTo(new TaskTarget.OutOfReach(server));
    }

    @Test
    void noChangedIdIsGood() {
        RouteTable table = table(AUTHORIZATIONS);
        ServerRoute server = server(table, "ns/s0");
        String id = TaskSeal.of(server.authorization(), CALLERS.getFirst())
                .seal(STATES, new ServerTask(server.key(), "alpha", "1"));
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder changed = new StringBuilder(id);
            int at = random.nextInt(id.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, (char) (' ' + random.nextInt(95)));
                case 1 -> changed.deleteCharAt(at);
                default -> changed.insert(at, (char) ('0' + random.nextInt(75)));
            }
            if (!changed.toString().equals(id)) {
                assertThat(TaskTarget.of(READER, CALLERS.getFirst(), changed.toString(), table, table.everything()))
                        .isEqualTo(new TaskTarget.Unknown());
            }
        }
    }

    private static Authorization only(Map<String, Set<String>> tools) {
        return new Authorization(
                new AuthorizedNames.Only(tools), new AuthorizedNames.Everything(), new AuthorizedNames.Everything());
    }

    /** One server for each authorization, with the same tools; the virtual server has one tool of the first. */
    private static RouteTable table(List<CallAuthorization> authorizations) {
        Map<String, CapabilityRoute> tools = new HashMap<>();
        List<ServerRoute> servers = new java.util.ArrayList<>();
        for (int index = 0; index < authorizations.size(); index++) {
            URI url = URI.create("http://s" + index + ".test/mcp");
            ServerRoute server = new ServerRoute(
                    new ServerName("ns/s" + index),
                    "s" + index + ".mcp.local",
                    "/mcp",
                    url,
                    authorizations.get(index),
                    Optional.empty(),
                    AnonymousSessions.PER_CALL,
                    new ServerEras(Optional.empty(), List.of("2026-07-28"), true),
                    ServerKey.of("ns/s" + index, url));
            servers.add(server);
            for (String tool : TOOLS) {
                tools.put(
                        "p" + index + "_" + tool,
                        new CapabilityRoute(CapabilityKind.TOOL, server, tool, ToolHints.UNSPECIFIED));
            }
        }
        return RouteTable.of(
                RoutesServed.of(Map.of(CapabilityKind.TOOL, tools)),
                servers,
                List.of(new VirtualServer("ns/vs", List.of("p0_alpha"))));
    }

    private static ServerRoute server(RouteTable table, String name) {
        return Objects.requireNonNull(table.servers().get(new ServerName(name)), name);
    }
}
