package io.mcpgateway.api.contract;

import java.util.List;
import java.util.Objects;

/**
 * A named selection of served names, chosen by a client with the header {@code X-Mcp-Virtualserver}.
 *
 * @param name {@code <namespace>/<MCPVirtualServer name>}
 * @param tools served tool names, prefix included, exactly as listed
 * @param prompts served prompt names likewise; none means that it does not restrict prompts
 */
public record VirtualServer(String name, List<String> tools, List<String> prompts) {
    public VirtualServer {
        Objects.requireNonNull(name, "name");
        tools = List.copyOf(tools);
        prompts = List.copyOf(prompts);
    }

    /** A selection of tools that does not restrict prompts. */
    public VirtualServer(String name, List<String> tools) {
        this(name, tools, List.of());
    }
}
