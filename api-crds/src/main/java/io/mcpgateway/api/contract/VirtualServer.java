package io.mcpgateway.api.contract;

import java.util.List;
import java.util.Objects;

/**
 * A named selection of tools and prompts; a client chooses it with the header {@code X-Mcp-Virtualserver}.
 *
 * @param name {@code <namespace>/<MCPVirtualServer name>}
 * @param tools tool names as listed, including the prefix
 * @param prompts prompt names in the same form; if empty, prompts are not restricted
 * @param protocolVersions the MCP revisions that its clients may use, of those that the gateway allows; if empty, all of
 *     these
 */
public record VirtualServer(String name, List<String> tools, List<String> prompts, List<String> protocolVersions) {
    public VirtualServer {
        Objects.requireNonNull(name, "name");
        tools = List.copyOf(tools);
        prompts = List.copyOf(prompts);
        protocolVersions = List.copyOf(protocolVersions);
    }

    /** A selection for clients of every revision. */
    public VirtualServer(String name, List<String> tools, List<String> prompts) {
        this(name, tools, prompts, List.of());
    }

    /** A selection of tools that does not restrict prompts. */
    public VirtualServer(String name, List<String> tools) {
        this(name, tools, List.of());
    }
}
