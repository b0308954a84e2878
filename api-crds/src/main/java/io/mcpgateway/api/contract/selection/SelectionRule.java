package io.mcpgateway.api.contract.selection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of {@code include} or {@code exclude}. It matches an item for which everything holds that the rule says; of a
 * list it is enough that one entry fits.
 *
 * <p>A rule with patterns is about the kinds that it has patterns for, one with hints only about tools, any other about
 * tools, prompts, resources and resource templates.
 *
 * @param servers names of servers; empty: of all servers; an empty set: of none
 * @param namespaces the part of a server's name before the slash; empty: all
 * @param tools patterns for served names
 * @param prompts patterns for served names
 * @param resources patterns for URIs and URI templates
 */
public record SelectionRule(
        Optional<Set<String>> servers,
        List<String> namespaces,
        List<String> tools,
        List<String> prompts,
        List<String> resources,
        Hints hints) {
    /**
     * What a tool has to say in its annotations; empty: anything. Of a hint that it does not give, the default of MCP
     * counts: not read-only, destructive unless read-only, open world.
     */
    public record Hints(Optional<Boolean> readOnly, Optional<Boolean> destructive, Optional<Boolean> openWorld) {
        public static final Hints ANY = new Hints(Optional.empty(), Optional.empty(), Optional.empty());

        public Hints {
            Objects.requireNonNull(readOnly, "readOnly");
            Objects.requireNonNull(destructive, "destructive");
            Objects.requireNonNull(openWorld, "openWorld");
        }
    }

    public SelectionRule {
        servers = servers.map(Set::copyOf);
        namespaces = List.copyOf(namespaces);
        tools = List.copyOf(tools);
        prompts = List.copyOf(prompts);
        resources = List.copyOf(resources);
        Objects.requireNonNull(hints, "hints");
    }

    /** Whether it says nothing, and so would match everything. */
    public boolean isEmpty() {
        return servers.isEmpty() && namespaces.isEmpty() && !hasPatterns() && hints.equals(Hints.ANY);
    }

    /** Whether it is about the kinds that it has patterns for. */
    public boolean hasPatterns() {
        return !tools.isEmpty() || !prompts.isEmpty() || !resources.isEmpty();
    }
}
