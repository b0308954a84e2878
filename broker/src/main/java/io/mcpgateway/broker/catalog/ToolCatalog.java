package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.mcp.RawJson;
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
 * @param conflicts per server that lost names
 */
public record ToolCatalog(SortedMap<String, ServedTool> tools, Map<ServerName, List<Conflict>> conflicts) {
    public static final ToolCatalog EMPTY = new ToolCatalog(new TreeMap<>(), Map.of());

    public ToolCatalog {
        tools = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tools));
        conflicts = Map.copyOf(conflicts);
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
        return config.servers().isEmpty() && reports.isEmpty() ? EMPTY : new ToolCatalog(new TreeMap<>(), Map.of());
    }
}
