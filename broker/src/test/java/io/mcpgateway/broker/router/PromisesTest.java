package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.answers.AdvertisedCapabilities;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import io.mcpgateway.broker.mcp.extension.Extensions;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.url.Chosen;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * For whatever servers and view: what discover and initialize promise, some call that the client may make gets from a
 * server that has it, and what can be had is promised.
 */
class PromisesTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final Set<Capability> PROMISED = EnumSet.of(
            Capability.PROMPTS,
            Capability.RESOURCES,
            Capability.RESOURCES_SUBSCRIBE,
            Capability.COMPLETIONS,
            Capability.LOGGING);

    private final Random random = new Random(20_261_130);

    /** How often each was promised, and was not although a server has it. */
    private final Map<Capability, int[]> counts = new EnumMap<>(Capability.class);

    @Test
    void whatIsPromisedCanBeDoneAndWhatCanBeDoneIsPromised() {
        for (int round = 0; round < 3_000; round++) {
            GatewaySnapshot world = world();
            CapabilityView view = CapabilityView.resolve(
                    ViewRequest.ofNewSession(new Chosen.Nothing(), headers(), allowed()), world.table());
            Set<Capability> now = promised(AdvertisedCapabilities.ofNow(view, world.reports(), Extensions.NONE));
            Set<Capability> inSession =
                    promised(AdvertisedCapabilities.ofSession(view, world.reports(), Extensions.NONE));
            for (Capability capability : PROMISED) {
                boolean possible = possible(capability, world, view);
                boolean mayCome = seesEverything(view)
                        && able(capability, world, report -> isReady(report) && listsNothing(report, capability));
                boolean away = able(capability, world, report -> !isReady(report) && listsNothing(report, capability));

                assertThat(now.contains(capability))
                        .as("round %d, now: %s by %s", round, capability, view)
                        .isEqualTo(possible || mayCome);
                assertThat(inSession.contains(capability))
                        .as("round %d, in a session: %s by %s", round, capability, view)
                        .isEqualTo(possible || mayCome || away);
                boolean withheld = !now.contains(capability) && able(capability, world, _ -> true);
                counts.computeIfAbsent(capability, _ -> new int[2])[withheld ? 1 : 0] += withheld || possible ? 1 : 0;
            }
        }
        assertThat(counts).hasSize(PROMISED.size()).allSatisfy((capability, count) -> {
            assertThat(count[0]).as("promised " + capability).isGreaterThan(300);
            assertThat(count[1]).as("withheld " + capability).isGreaterThan(100);
        });
    }

    /** Whether a server that has the capability gets one of the calls that it is for. */
    private static boolean possible(Capability capability, GatewaySnapshot world, CapabilityView view) {
        for (CapabilityKind kind : CapabilityKind.values()) {
            for (String name : world.catalog().of(kind).keySet()) {
                Optional<Request> call = call(capability, kind, name);
                if (call.isPresent()
                        && CallTarget.of(
                                        McpMethod.of(call.get().method()).orElseThrow(),
                                        call.get(),
                                        world.table(),
                                        view)
                                instanceof CallTarget.Found found
                        && world.declares(found.route().server().name(), capability)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What a client does with such a capability and this item; empty if nothing. */
    private static Optional<Request> call(Capability capability, CapabilityKind kind, String name) {
        String instance = name.replace("{id}", "7");
        return switch (kind) {
            case TOOL -> call(capability, Set.of(Capability.LOGGING), "tools/call", "'name':'" + name + "'");
            case PROMPT ->
                capability == Capability.COMPLETIONS
                        ? message("completion/complete", "'ref':{'type':'ref/prompt','name':'" + name + "'}")
                        : call(
                                capability,
                                Set.of(Capability.PROMPTS, Capability.LOGGING),
                                "prompts/get",
                                "'name':'" + name + "'");
            case RESOURCE, RESOURCE_TEMPLATE ->
                capability == Capability.COMPLETIONS
                        ? (kind == CapabilityKind.RESOURCE_TEMPLATE
                                ? message("completion/complete", "'ref':{'type':'ref/resource','uri':'" + name + "'}")
                                : Optional.empty())
                        : capability == Capability.RESOURCES_SUBSCRIBE
                                ? message("resources/subscribe", "'uri':'" + instance + "'")
                                : call(
                                        capability,
                                        Set.of(Capability.RESOURCES, Capability.LOGGING),
                                        "resources/read",
                                        "'uri':'" + instance + "'");
        };
    }

    private static Optional<Request> call(Capability capability, Set<Capability> used, String method, String params) {
        return used.contains(capability) ? message(method, params) : Optional.empty();
    }

    private static Optional<Request> message(String method, String params) {
        String body = "{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':{" + params + "}}";
        return Optional.of((Request) JsonRpcParser.parse(RawJson.of(body.replace('\'', '"'))));
    }

    private static boolean seesEverything(CapabilityView view) {
        return view instanceof CapabilityView.Authorized(CapabilityView.Selected selected, var _)
                ? selected.key().isEmpty()
                : view instanceof CapabilityView.Selected whole && whole.key().isEmpty();
    }

    private static boolean able(Capability capability, GatewaySnapshot world, Predicate<ServerReport> which) {
        return world.reports().values().stream()
                .filter(report -> report.capabilities().has(capability))
                .anyMatch(which);
    }

    private static boolean isReady(ServerReport report) {
        return report.phase() == Phase.READY;
    }

    private static boolean listsNothing(ServerReport report, Capability capability) {
        return EnumSet.allOf(CapabilityKind.class).stream()
                .filter(kind -> call(capability, kind, "x:{id}").isPresent())
                .allMatch(kind -> report.listing(kind).items().isEmpty());
    }

    private static Set<Capability> promised(ObjectNode declared) {
        assertThat(declared.at("/tools/listChanged").asBoolean()).isTrue();
        declared.properties().forEach(member -> {
            JsonNode changes = member.getValue().path("listChanged");
            boolean list = Set.of("tools", "prompts", "resources").contains(member.getKey());
            assertThat(changes.asBoolean()).isEqualTo(list);
        });
        return PROMISED.stream()
                .filter(capability ->
                        !declared.at("/" + capability.path().replace('.', '/')).isMissingNode())
                .collect(Collectors.toSet());
    }

    private GatewaySnapshot world() {
        List<McpServer> servers = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            servers.add(new McpServer(
                    new ServerName("ns/" + name),
                    URI.create("http://" + name + ".internal/mcp"),
                    name + ".mcp.local",
                    random.nextBoolean() ? name + "_" : "",
                    Optional.empty(),
                    McpServer.State.ENABLED));
        }
        List<String> seen = new ArrayList<>(NAMES);
        servers.forEach(server -> NAMES.forEach(name -> seen.add(server.toolPrefix() + name)));
        List<VirtualServer> virtualServers = List.of(
                new VirtualServer("ns/vs", some(seen, 4), some(seen, 4)),
                new VirtualServer("ns/prompts", some(seen, 6), List.of()));
        GatewaySnapshot world = GatewaySnapshot.EMPTY.withConfig(new BrokerConfig(servers, virtualServers), "c0ffee");
        for (McpServer server : servers) {
            world = world.withReport(report(server.name()));
        }
        return world;
    }

    private ServerReport report(ServerName server) {
        Set<Capability> capabilities = new HashSet<>(some(List.of(Capability.values()), 2));
        capabilities.add(Capability.TOOLS);
        boolean ready = random.nextInt(5) > 0;
        Listings listings = Listings.NONE;
        for (CapabilityKind kind : CapabilityKind.values()) {
            Capability needed = switch (kind) {
                case TOOL -> Capability.TOOLS;
                case PROMPT -> Capability.PROMPTS;
                case RESOURCE, RESOURCE_TEMPLATE -> Capability.RESOURCES;
            };
            if (ready && capabilities.contains(needed)) {
                listings = listings.with(kind, listing(kind, server));
            }
        }
        if (!capabilities.contains(Capability.RESOURCES)) {
            capabilities.remove(Capability.RESOURCES_SUBSCRIBE);
        }
        return new ServerReport(
                server,
                ready ? Phase.READY : Phase.FAILED,
                "x",
                Optional.of(
                        new ServerReport.Agreed("2025-11-25", new ServerCapabilities(capabilities), Instructions.NONE)),
                listings,
                Optional.empty());
    }

    /** Resources of each server have names of their own, so that an instance of a template belongs to one only. */
    private Listing listing(CapabilityKind kind, ServerName server) {
        String json = some(NAMES, 2).stream()
                .map(name -> switch (kind) {
                    case TOOL, PROMPT -> name;
                    case RESOURCE -> "r:" + server.value() + "/" + name;
                    case RESOURCE_TEMPLATE -> "t:" + server.value() + "/" + name + "/{id}";
                })
                .map(name -> "{\"name\":\"n\",\"" + kind.keyMember() + "\":\"" + name
                        + "\",\"inputSchema\":{\"type\":\"object\"}}")
                .map(item -> kind.prefixed() ? item.replace("\"name\":\"n\",", "") : item)
                .collect(Collectors.joining(",", "{\"" + kind.listMember() + "\":[", "]}"));
        return Listing.join(kind, List.of((ListPage.Items) ListParser.parse(kind, RawJson.of(json))));
    }

    private RequestHeaders headers() {
        return switch (random.nextInt(4)) {
            case 0 -> RequestHeaders.of(Map.of("x-mcp-virtualserver", List.of("ns/vs")));
            case 1 -> RequestHeaders.of(Map.of("x-mcp-virtualserver", List.of("ns/prompts")));
            default -> RequestHeaders.EMPTY;
        };
    }

    private Authorization allowed() {
        return random.nextBoolean() ? Authorization.EVERYTHING : new Authorization(names(), names(), names());
    }

    private AuthorizedNames names() {
        if (random.nextInt(3) == 0) {
            return new AuthorizedNames.Everything();
        }
        Map<String, Set<String>> names = new HashMap<>();
        for (String server : some(List.of("ns/one", "ns/two", "ns/three"), 2)) {
            names.put(server, Set.copyOf(some(List.of("a", "b", "r:" + server + "/a", "t:" + server + "/b/{id}"), 2)));
        }
        return new AuthorizedNames.Only(names);
    }

    /** Each with a chance of one in so many. */
    private <T> List<T> some(List<T> all, int chance) {
        return all.stream().filter(_ -> random.nextInt(chance) == 0).toList();
    }
}
