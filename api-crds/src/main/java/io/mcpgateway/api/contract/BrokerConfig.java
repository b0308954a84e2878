package io.mcpgateway.api.contract;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The content of config.yaml, in its order. The order of servers is their precedence: when two servers claim one served
 * name, the earlier entry keeps it (the controller writes the oldest registration first). Names are unique.
 *
 * @param caCertificates trusted for every server besides the usual ones
 */
public record BrokerConfig(
        List<McpServer> servers, List<VirtualServer> virtualServers, Optional<CaCertificates> caCertificates) {
    public static final BrokerConfig EMPTY = new BrokerConfig(List.of(), List.of());

    /** Trusts the usual authorities. */
    public BrokerConfig(List<McpServer> servers, List<VirtualServer> virtualServers) {
        this(servers, virtualServers, Optional.empty());
    }

    public BrokerConfig {
        servers = List.copyOf(servers);
        virtualServers = List.copyOf(virtualServers);
        Objects.requireNonNull(caCertificates, "caCertificates");
    }

    /** The same, with a time for calls of servers that have none of their own. */
    public BrokerConfig limitedTo(Duration callTimeout) {
        return new BrokerConfig(
                servers.stream().map(server -> server.limitedTo(callTimeout)).toList(), virtualServers, caCertificates);
    }

    /** What this one and another say alike, in the order of this one. */
    public BrokerConfig common(BrokerConfig other) {
        return new BrokerConfig(
                servers.stream().filter(other.servers::contains).toList(),
                virtualServers.stream().filter(other.virtualServers::contains).toList(),
                caCertificates.filter(_ -> caCertificates.equals(other.caCertificates)));
    }
}
