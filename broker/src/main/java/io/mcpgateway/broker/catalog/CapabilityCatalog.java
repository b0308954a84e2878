package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerOffer.Offered;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.listing.FindTools;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is served: everything that an enabled server lists, under its served name, with a name that clashed left to the
 * earlier server of the configuration.
 *
 * @param served per kind, by served name, in order of name
 * @param conflicts per server that lost names, by kind and name
 * @param offers per server, everything that it lists
 */
public record CapabilityCatalog(
        Map<CapabilityKind, SortedMap<String, Served>> served,
        Map<ServerName, List<Conflict>> conflicts,
        Map<ServerName, ServerOffer> offers) {
    /** The gateway itself, where it keeps the name of its own tool. */
    public static final ServerName GATEWAY = new ServerName(BrokerLaunch.SERVER_NAME);

    public static final CapabilityCatalog EMPTY = new CapabilityCatalog(Map.of(), Map.of());

    public CapabilityCatalog {
        Map<CapabilityKind, SortedMap<String, Served>> copy = new EnumMap<>(CapabilityKind.class);
        served.forEach((kind, items) -> copy.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(items))));
        served = Collections.unmodifiableMap(copy);
        conflicts = Map.copyOf(conflicts);
        offers = Map.copyOf(offers);
    }

    /** A catalogue from which the next merge reuses nothing. */
    public CapabilityCatalog(
            Map<CapabilityKind, SortedMap<String, Served>> served, Map<ServerName, List<Conflict>> conflicts) {
        this(served, conflicts, Map.of());
    }

    /**
     * One item under the name that clients see.
     *
     * @param json the server's own object with at most the name changed, or what a virtual server says otherwise
     * @param key where the name stands in it
     */
    public record Served(String name, CapabilityRoute route, RawJson json, TextSpan key) {
        public Served {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(route, "route");
            Objects.requireNonNull(json, "json");
            Objects.requireNonNull(key, "key");
        }

        /** Looks for the name in {@code json}. */
        public Served(String name, CapabilityRoute route, RawJson json) {
            this(name, route, json, key(name, route, json));
        }

        private static TextSpan key(String name, CapabilityRoute route, RawJson json) {
            return ObjectSpans.of(json)
                    .flatMap(object -> object.find(route.kind().keyMember()))
                    .map(member -> new TextSpan(name, member.value(), member.end()))
                    .orElseThrow(() -> new IllegalArgumentException("a definition without a name"));
        }

        /** The same item under another name. */
        Served renamed(String other) {
            Splice edit = key.replacedBy(other);
            int end = key.start() + edit.text().getBytes(StandardCharsets.UTF_8).length;
            return new Served(other, route, edit.applyTo(json), new TextSpan(other, key.start(), end));
        }

        /** Only of the name: nothing is looked up among items of one name. */
        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** A served name that another server keeps. */
    public record Conflict(CapabilityKind kind, String servedName, ServerName keptBy) {
        public Conflict {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(servedName, "servedName");
            Objects.requireNonNull(keptBy, "keptBy");
        }
    }

    /** Merges what every enabled server offers; servers without a report offer nothing. */
    public static CapabilityCatalog merge(BrokerConfig config, Map<ServerName, ServerReport> reports) {
        return merge(config, reports, EMPTY);
    }

    /** The same catalogue as without {@code previous}, made faster by taking over what did not change since. */
    public static CapabilityCatalog merge(
            BrokerConfig config, Map<ServerName, ServerReport> reports, CapabilityCatalog previous) {
        Map<ServerName, ServerOffer> offers = new LinkedHashMap<>();
        Map<CapabilityKind, SortedMap<String, Served>> served = new EnumMap<>(CapabilityKind.class);
        for (CapabilityKind kind : CapabilityKind.values()) {
            served.put(kind, new TreeMap<>());
        }
        Map<ServerName, List<Conflict>> conflicts = new LinkedHashMap<>();
        for (McpServer server : config.servers()) {
            ServerReport report = reports.get(server.name());
            if (!server.enabled() || report == null || report.listings().isEmpty()) {
                continue;
            }
            ServerOffer known = previous.offers.get(server.name());
            ServerOffer offer =
                    known != null && known.stillHolds(server, report) ? known : ServerOffer.of(server, report);
            offers.put(server.name(), offer);
            List<Conflict> lost = new ArrayList<>();
            Predicate<Served> own = item -> config.searchesTools() && isFindTools(item);
            served.forEach((kind, items) -> lost.addAll(serve(kind, offer.items(kind), own, items)));
            if (!lost.isEmpty()) {
                conflicts.put(server.name(), List.copyOf(lost));
            }
        }
        return new CapabilityCatalog(served, conflicts, offers);
    }

    /** Everything of one kind, by served name, in order of name. */
    public SortedMap<String, Served> of(CapabilityKind kind) {
        return served.getOrDefault(kind, Collections.emptySortedMap());
    }

    /** The served names that a server lost, empty if none. */
    public List<Conflict> conflictsOf(ServerName server) {
        return conflicts.getOrDefault(server, List.of());
    }

    private static boolean isFindTools(Served item) {
        return item.route().kind() == CapabilityKind.TOOL && item.name().equals(FindTools.NAME);
    }

    /** @param ofGateway whose name no server can have */
    private static List<Conflict> serve(
            CapabilityKind kind, List<Offered> offered, Predicate<Served> ofGateway, Map<String, Served> served) {
        List<Conflict> lost = new ArrayList<>();
        for (Offered offer : offered) {
            Served item = offer.served();
            if (ofGateway.test(item)) {
                lost.add(new Conflict(kind, item.name(), GATEWAY));
                continue;
            }
            Served earlier = served.putIfAbsent(item.name(), item);
            if (earlier != null) {
                lost.add(
                        new Conflict(kind, item.name(), earlier.route().server().name()));
            }
        }
        lost.sort(Comparator.comparing(Conflict::servedName));
        return lost;
    }
}
