package io.mcpgateway.api.contract;

import io.mcpgateway.api.contract.selection.ToolSearch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The content of config.yaml, in its order. Earlier servers take precedence: if two servers have the same served name,
 * the earlier one keeps it (the controller writes the oldest registration first). Names are unique.
 *
 * @param caCertificates trusted for every server in addition to public CAs
 * @param protocolVersions the MCP revisions that clients may use; if empty, every one that the broker speaks
 * @param toolSearch of clients that choose no virtual server; its mode also of virtual servers that have none
 */
public record BrokerConfig(
        List<McpServer> servers,
        List<VirtualServer> virtualServers,
        Optional<CaCertificates> caCertificates,
        List<String> protocolVersions,
        ToolSearch toolSearch) {
    public static final BrokerConfig EMPTY = new BrokerConfig(List.of(), List.of());

    /** Trusts public CAs only. */
    public BrokerConfig(List<McpServer> servers, List<VirtualServer> virtualServers) {
        this(servers, virtualServers, Optional.empty());
    }

    /** Clients may use every revision. */
    public BrokerConfig(
            List<McpServer> servers, List<VirtualServer> virtualServers, Optional<CaCertificates> caCertificates) {
        this(servers, virtualServers, caCertificates, List.of());
    }

    /** Nothing is said about the search of tools. */
    public BrokerConfig(
            List<McpServer> servers,
            List<VirtualServer> virtualServers,
            Optional<CaCertificates> caCertificates,
            List<String> protocolVersions) {
        this(servers, virtualServers, caCertificates, protocolVersions, ToolSearch.UNSET);
    }

    public BrokerConfig {
        servers = List.copyOf(servers);
        virtualServers = List.copyOf(virtualServers);
        Objects.requireNonNull(caCertificates, "caCertificates");
        protocolVersions = List.copyOf(protocolVersions);
        Objects.requireNonNull(toolSearch, "toolSearch");
    }

    /** Whether anybody searches tools, and so the gateway has a tool of its own. */
    public boolean searchesTools() {
        return toolSearch.isOn(toolSearch)
                || virtualServers.stream()
                        .anyMatch(virtualServer -> virtualServer.toolSearch().isOn(toolSearch));
    }

    /** A copy in which servers without a limit for calls have this one. */
    public BrokerConfig limitedTo(Duration callTimeout) {
        return new BrokerConfig(
                servers.stream().map(server -> server.limitedTo(callTimeout)).toList(),
                virtualServers,
                caCertificates,
                protocolVersions,
                toolSearch);
    }

    /** The entries that both configurations have, in the order of this one. */
    public BrokerConfig common(BrokerConfig other) {
        return new BrokerConfig(
                servers.stream().filter(other.servers::contains).toList(),
                virtualServers.stream().filter(other.virtualServers::contains).toList(),
                caCertificates.filter(_ -> caCertificates.equals(other.caCertificates)),
                List.of(),
                toolSearch.equals(other.toolSearch) ? toolSearch : ToolSearch.UNSET);
    }
}
