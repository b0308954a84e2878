package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.listing.UriTemplate;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that routing looks up, immutable and consistent in itself.
 *
 * @param routes per kind, by served name
 * @param templates the resource templates among them, in the order in which they are tried
 * @param servers every enabled server, ready or not
 * @param virtualServers what each of them shows, by name
 */
public record RouteTable(
        Map<CapabilityKind, Map<String, CapabilityRoute>> routes,
        List<TemplateRoute> templates,
        Map<ServerName, ServerRoute> servers,
        Map<String, CapabilityView.Only> virtualServers) {
    public static final RouteTable EMPTY = of(Map.of(), List.of(), List.of());

    /** Where the resources go whose URIs a template describes. */
    record TemplateRoute(UriTemplate template, CapabilityRoute route) {}

    public RouteTable {
        Map<CapabilityKind, Map<String, CapabilityRoute>> copy = new EnumMap<>(CapabilityKind.class);
        routes.forEach((kind, byName) -> copy.put(kind, Map.copyOf(byName)));
        routes = Map.copyOf(copy);
        templates = List.copyOf(templates);
        servers = Map.copyOf(servers);
        virtualServers = Map.copyOf(virtualServers);
    }

    /**
     * The table of a configuration. Of virtual servers with one name the last counts.
     *
     * @param servers in the order of the configuration: of two templates that are equally specific the one of the
     *     earlier server is tried first
     */
    public static RouteTable of(
            Map<CapabilityKind, Map<String, CapabilityRoute>> routes,
            List<ServerRoute> servers,
            List<VirtualServer> virtualServers) {
        Map<ServerName, ServerRoute> byName = new HashMap<>();
        Map<ServerName, Integer> seniority = new HashMap<>();
        for (ServerRoute server : servers) {
            byName.put(server.name(), server);
            seniority.put(server.name(), seniority.size());
        }
        Map<String, CapabilityView.Only> views = new HashMap<>();
        for (VirtualServer virtualServer : virtualServers) {
            views.put(virtualServer.name(), view(virtualServer, routes));
        }
        Map<String, CapabilityRoute> templates = routes.getOrDefault(CapabilityKind.RESOURCE_TEMPLATE, Map.of());
        return new RouteTable(routes, inOrder(templates, seniority), byName, views);
    }

    /** Where the item of this kind and served name is; templates are found by their own text. */
    public Optional<CapabilityRoute> find(CapabilityKind kind, String servedName) {
        return Optional.ofNullable(routes.getOrDefault(kind, Map.of()).get(servedName));
    }

    /**
     * Where a resource is read, as far as the view shows it: at the server that lists it, else at one of whose templates
     * it is an instance, the most specific template first. A listed resource that the view hides is not found through a
     * template of its own server.
     */
    public Optional<CapabilityRoute> resource(String uri, CapabilityView view) {
        Optional<CapabilityRoute> listed = find(CapabilityKind.RESOURCE, uri);
        if (listed.isPresent() && view.shows(uri, listed.get())) {
            return listed;
        }
        Optional<ServerName> owner = listed.map(route -> route.server().name());
        return templates.stream()
                .filter(candidate ->
                        !owner.equals(Optional.of(candidate.route().server().name())))
                .filter(candidate -> view.shows(candidate.route().ownName(), candidate.route()))
                .filter(candidate -> candidate.template().matches(uri))
                .map(TemplateRoute::route)
                .findFirst();
    }

    /** The servers of which the view shows at least one item. */
    public Set<ServerName> shown(CapabilityView view) {
        Set<ServerName> servers = new HashSet<>();
        routes.values()
                .forEach(byName -> byName.forEach((name, route) -> {
                    if (!servers.contains(route.server().name()) && view.shows(name, route)) {
                        servers.add(route.server().name());
                    }
                }));
        return servers;
    }

    public Optional<ServerRoute> serverByHostname(String hostname) {
        return servers.values().stream()
                .filter(server -> server.hostname().equalsIgnoreCase(hostname))
                .findFirst();
    }

    private static List<TemplateRoute> inOrder(
            Map<String, CapabilityRoute> templates, Map<ServerName, Integer> seniority) {
        return templates.values().stream()
                .flatMap(route ->
                        UriTemplate.parse(route.ownName()).map(template -> new TemplateRoute(template, route)).stream())
                .sorted(Comparator.comparing(TemplateRoute::template, UriTemplate.MOST_SPECIFIC_FIRST)
                        .thenComparing(candidate -> seniority.getOrDefault(
                                candidate.route().server().name(), Integer.MAX_VALUE))
                        .thenComparing(candidate -> candidate.route().ownName()))
                .toList();
    }

    /** Resources have no selection of their own: those of the servers are seen whose tools or prompts are selected. */
    private static CapabilityView.Only view(
            VirtualServer virtualServer, Map<CapabilityKind, Map<String, CapabilityRoute>> routes) {
        Set<ServerName> contributors = new HashSet<>();
        addOwners(virtualServer.tools(), routes.getOrDefault(CapabilityKind.TOOL, Map.of()), contributors);
        addOwners(virtualServer.prompts(), routes.getOrDefault(CapabilityKind.PROMPT, Map.of()), contributors);
        Optional<Set<String>> prompts = virtualServer.prompts().isEmpty()
                ? Optional.empty()
                : Optional.of(new HashSet<>(virtualServer.prompts()));
        return new CapabilityView.Only(
                virtualServer.name(), new HashSet<>(virtualServer.tools()), prompts, contributors);
    }

    private static void addOwners(
            List<String> selected, Map<String, CapabilityRoute> routes, Set<ServerName> contributors) {
        for (String name : selected) {
            CapabilityRoute route = routes.get(name);
            if (route != null) {
                contributors.add(route.server().name());
            }
        }
    }
}
