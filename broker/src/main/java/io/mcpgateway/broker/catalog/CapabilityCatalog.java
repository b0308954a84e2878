package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
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

/**
 * What is served: everything that an enabled server lists, under its served name, with a name that clashed left to the
 * earlier server of the configuration.
 *
 * @param served per kind, by served name, in order of name
 * @param conflicts per server that lost names, by kind and name
 * @param offers per server, what its items were made of; for the next merge only
 */
public record CapabilityCatalog(
        Map<CapabilityKind, SortedMap<String, Served>> served,
        Map<ServerName, List<Conflict>> conflicts,
        Map<ServerName, ServerOffer> offers) {
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

    /** One item under its served name; {@code json} is the server's own object with at most the name changed. */
    public record Served(String name, CapabilityRoute route, RawJson json) {
        public Served {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(route, "route");
            Objects.requireNonNull(json, "json");
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
            served.forEach((kind, items) -> lost.addAll(serve(kind, offer.items(kind), items)));
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

    private static List<Conflict> serve(CapabilityKind kind, List<Served> offered, Map<String, Served> served) {
        List<Conflict> lost = new ArrayList<>();
        for (Served item : offered) {
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
