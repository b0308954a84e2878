package io.mcpgateway.api.contract;

import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.api.contract.selection.ToolSearch;
import java.util.List;
import java.util.Objects;

/**
 * A named selection of tools, prompts and resources; a client chooses it by its URL or with the header
 * {@code X-Mcp-Virtualserver}.
 *
 * @param name {@code <namespace>/<MCPVirtualServer name>}
 * @param tools tool names as served, including the prefix
 * @param prompts prompt names in the same form; if empty and nothing is included by a rule, prompts are not restricted
 * @param protocolVersions the MCP revisions that its clients may use, of those that the gateway allows; if empty, all of
 *     these
 * @param url where else than at {@link UrlPaths#ofVirtualServer} clients find it
 * @param toolSearch how clients find tools
 */
public record VirtualServer(
        String name,
        List<String> tools,
        List<String> prompts,
        SelectionRules rules,
        SeenNames seenNames,
        List<String> protocolVersions,
        ChosenUrl url,
        ToolSearch toolSearch) {
    public VirtualServer {
        Objects.requireNonNull(name, "name");
        tools = List.copyOf(tools);
        prompts = List.copyOf(prompts);
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(seenNames, "seenNames");
        protocolVersions = List.copyOf(protocolVersions);
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(toolSearch, "toolSearch");
    }

    /** A selection at its usual URL, whose tools are listed as the gateway says. */
    public VirtualServer(
            String name,
            List<String> tools,
            List<String> prompts,
            SelectionRules rules,
            SeenNames seenNames,
            List<String> protocolVersions) {
        this(name, tools, prompts, rules, seenNames, protocolVersions, ChosenUrl.NONE, ToolSearch.UNSET);
    }

    /** For clients of every revision. */
    public VirtualServer(
            String name, List<String> tools, List<String> prompts, SelectionRules rules, SeenNames seenNames) {
        this(name, tools, prompts, rules, seenNames, List.of());
    }

    /** A selection by name. */
    public VirtualServer(String name, List<String> tools, List<String> prompts) {
        this(name, tools, prompts, SelectionRules.NONE, SeenNames.AS_SERVED);
    }

    /** The same selection, in which clients find tools in this way. */
    public VirtualServer with(ToolSearch search) {
        return new VirtualServer(name, tools, prompts, rules, seenNames, protocolVersions, url, search);
    }

    /** A selection of tools that does not restrict prompts. */
    public VirtualServer(String name, List<String> tools) {
        this(name, tools, List.of());
    }

    /** The same selection at this URL. */
    public VirtualServer at(ChosenUrl chosen) {
        return new VirtualServer(name, tools, prompts, rules, seenNames, protocolVersions, chosen, toolSearch);
    }
}
