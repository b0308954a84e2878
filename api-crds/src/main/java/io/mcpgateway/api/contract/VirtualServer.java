package io.mcpgateway.api.contract;

import java.util.List;
import java.util.Objects;

/**
 * A named selection of tools and prompts; a client chooses it with the header {@code X-Mcp-Virtualserver}.
 *
 * @param name {@code <namespace>/<MCPVirtualServer name>}
 * @param tools tool names as listed, including the prefix
 * @param prompts prompt names in the same form; if empty, prompts are not restricted
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
