package io.mcpgateway.api.contract;

import java.util.List;
import java.util.Objects;

/**
 * A named selection of served names, chosen by a client with the header {@code X-Mcp-Virtualserver}.
 *
 * @param name {@code <namespace>/<MCPVirtualServer name>}
 * @param tools served tool names, prefix included, exactly as listed
 */
public record VirtualServer(String name, List<String> tools) {
    public VirtualServer {
        Objects.requireNonNull(name, "name");
        tools = List.copyOf(tools);
    }
}
