package io.mcpgateway.api.contract;

import java.util.List;
import java.util.Objects;

/**
 * The part of {@code /status} about one virtual server.
 *
 * @param name {@code <namespace>/<MCPVirtualServer name>}
 * @param tools how many different tools of the selection this broker serves
 * @param unknownTools tools of the selection that it does not serve, in the order of the selection
 */
public record VirtualServerStatus(String name, int tools, List<String> unknownTools) {
    public VirtualServerStatus {
        Objects.requireNonNull(name, "name");
        unknownTools = List.copyOf(unknownTools);
    }
}
