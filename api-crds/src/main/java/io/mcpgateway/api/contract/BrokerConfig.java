package io.mcpgateway.api.contract;

import java.util.List;

/**
 * The content of config.yaml, in its order. The order of servers is their precedence: when two servers claim one served
 * name, the earlier entry keeps it (the controller writes the oldest registration first). Names are unique.
 */
public record BrokerConfig(List<McpServer> servers, List<VirtualServer> virtualServers) {
    public static final BrokerConfig EMPTY = new BrokerConfig(List.of(), List.of());

    public BrokerConfig {
        servers = List.copyOf(servers);
        virtualServers = List.copyOf(virtualServers);
    }
}
