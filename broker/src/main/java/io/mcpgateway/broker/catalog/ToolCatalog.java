package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.mcp.RawJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is served: every tool of every enabled server under its served name, with the name that clashed left to the
 * earlier server of the configuration.
 *
 * @param tools by served name, in order of name
 * @param conflicts per server that lost names, in order of name
 * @param offers per server, what its tools were made of; for the next merge only
 */
public record ToolCatalog(
        SortedMap<String, ServedTool> tools,
        Map<ServerName, List<Conflict>> conflicts,
        Map<ServerName, ServerOffer> offers) {
    public static final ToolCatalog EMPTY = new ToolCatalog(new TreeMap<>(), Map.of());

    public ToolCatalog {
        tools = Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        conflicts = Map.copyOf(conflicts);
        offers = Map.copyOf(offers);
    }

    /** A catalogue that the next merge takes nothing over from. */
    public ToolCatalog(SortedMap<String, ServedTool> tools, Map<ServerName, List<Conflict>> conflicts) {
        this(tools, conflicts, Map.of());
    }

    /** One tool under its served name; {@code json} is the server's own object with only the name changed. */
    public record ServedTool(String name, ToolRoute route, RawJson json) {
        public ServedTool {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(route, "route");
            Objects.requireNonNull(json, "json");
        }
    }

    /** A served name that another server keeps. */
    public record Conflict(String servedName, ServerName keptBy) {
        public Conflict {
            Objects.requireNonNull(servedName, "servedName");
            Objects.requireNonNull(keptBy, "keptBy");
        }
    }

    /** Merges what every enabled server offers; servers without a report offer nothing. */
    public static ToolCatalog merge(BrokerConfig config, Map<ServerName, ServerReport> reports) {
        return merge(config, reports, EMPTY);
    }

    /** The same catalogue as without {@code previous}, made faster by taking over what did not change since. */
    public static ToolCatalog merge(BrokerConfig config, Map<ServerName, ServerReport> reports, ToolCatalog previous) {
        Map<ServerName, ServerOffer> offers = new LinkedHashMap<>();
        TreeMap<String, ServedTool> tools = new TreeMap<>();
        Map<ServerName, List<Conflict>> conflicts = new LinkedHashMap<>();
        for (McpServer server : config.servers()) {
            ServerReport report = reports.get(server.name());
            if (!server.enabled() || report == null || report.tools().isEmpty()) {
                continue;
            }
            ServerOffer known = previous.offers.get(server.name());
            ServerOffer offer = known != null && known.stillHolds(server, report.tools())
                    ? known
                    : ServerOffer.of(server, report.tools());
            offers.put(server.name(), offer);
            List<Conflict> lost = serve(offer, tools);
            if (!lost.isEmpty()) {
                conflicts.put(server.name(), lost);
            }
        }
        return new ToolCatalog(tools, conflicts, offers);
    }

    /** The served names that a server lost, empty if none. */
    public List<Conflict> conflictsOf(ServerName server) {
        return conflicts.getOrDefault(server, List.of());
    }

    private static List<Conflict> serve(ServerOffer offer, Map<String, ServedTool> tools) {
        List<Conflict> lost = new ArrayList<>();
        for (ServedTool tool : offer.tools()) {
            ServedTool earlier = tools.putIfAbsent(tool.name(), tool);
            if (earlier != null) {
                lost.add(new Conflict(tool.name(), earlier.route().server().name()));
            }
        }
        lost.sort(Comparator.comparing(Conflict::servedName));
        return lost;
    }
}
