package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The views for which every server that they show speaks a modern revision. A server that shows nothing, because it was
 * not reached yet or is away, does not count; a view of nothing is not one of them.
 */
final class ModernViews {
    private final Map<CapabilityKind, Map<String, CapabilityRoute>> routes;
    private final Map<ServerName, ServerRoute> servers;

    private ModernViews(
            Map<CapabilityKind, Map<String, CapabilityRoute>> routes, Map<ServerName, ServerRoute> servers) {
        this.routes = routes;
        this.servers = servers;
    }

    static Set<CapabilityView.Selected> of(
            Map<CapabilityKind, Map<String, CapabilityRoute>> routes,
            Map<ServerName, ServerRoute> servers,
            Collection<CapabilityView.Only> virtualServers) {
        return new ModernViews(routes, servers).among(virtualServers);
    }

    private Set<CapabilityView.Selected> among(Collection<CapabilityView.Only> virtualServers) {
        Set<ServerName> all = owners(routes.keySet().stream());
        Set<ServerName> ofPrompts = owners(Stream.of(CapabilityKind.PROMPT));
        Set<CapabilityView.Selected> modern = new HashSet<>();
        if (speakModern(all)) {
            modern.add(new CapabilityView.Everything());
        }
        for (CapabilityView.Only view : virtualServers) {
            // Exactly the servers that it shows: those of the selected items, whose resources it shows too.
            Set<ServerName> shown = new HashSet<>(view.resourceServers());
            if (view.prompts().isEmpty()) {
                shown.addAll(ofPrompts);
            }
            if (speakModern(shown)) {
                modern.add(view);
            }
        }
        return modern;
    }

    private Set<ServerName> owners(Stream<CapabilityKind> kinds) {
        return kinds.flatMap(kind -> routes.getOrDefault(kind, Map.of()).values().stream())
                .map(route -> route.server().name())
                .collect(Collectors.toSet());
    }

    private boolean speakModern(Set<ServerName> shown) {
        return !shown.isEmpty()
                && shown.stream().allMatch(name -> {
                    ServerRoute server = servers.get(name);
                    return server != null && server.eras().speaksModern();
                });
    }
}
