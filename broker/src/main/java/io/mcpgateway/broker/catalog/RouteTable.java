package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.listing.UriTemplate;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that routing looks up, immutable and consistent in itself.
 *
 * @param everything the view of those who choose nothing
 * @param templates the resource templates among them, in the order in which they are tried
 * @param servers every enabled server, ready or not
 * @param virtualServers what each of them shows, by name
 * @param revisions the MCP revisions that clients may use who choose no virtual server
 * @param revisionsThere the same of those who choose one, by its name
 */
public record RouteTable(
        CapabilityView.Selected everything,
        List<TemplateRoute> templates,
        Map<ServerName, ServerRoute> servers,
        Map<String, CapabilityView.Selected> virtualServers,
        ServedRevisions revisions,
        Map<String, ServedRevisions> revisionsThere) {
    public static final RouteTable EMPTY = of(CapabilityCatalog.EMPTY, List.of(), List.of());

    /** Where the resources go whose URIs a template describes. */
    record TemplateRoute(UriTemplate template, CapabilityRoute route) {
        ServerName server() {
            return route.server().name();
        }
    }

    public RouteTable {
        Objects.requireNonNull(everything, "everything");
        templates = List.copyOf(templates);
        servers = Map.copyOf(servers);
        virtualServers = Map.copyOf(virtualServers);
        Objects.requireNonNull(revisions, "revisions");
        revisionsThere = Map.copyOf(revisionsThere);
    }

    /** The table of a gateway whose clients may use every revision. */
    public static RouteTable of(
            CapabilityCatalog catalog, List<ServerRoute> servers, List<VirtualServer> virtualServers) {
        return of(catalog, servers, virtualServers, List.of());
    }

    /**
     * The table of a configuration. Of virtual servers with one name the last counts.
     *
     * @param servers in the order of the configuration: of two templates that are equally specific the one of the
     *     earlier server is tried first
     * @param protocolVersions the MCP revisions that the gateway allows; if empty, all
     */
    public static RouteTable of(
            CapabilityCatalog catalog,
            List<ServerRoute> servers,
            List<VirtualServer> virtualServers,
            List<String> protocolVersions) {
        Map<ServerName, ServerRoute> byName = new HashMap<>();
        Map<ServerName, Integer> seniority = new HashMap<>();
        for (ServerRoute server : servers) {
            byName.put(server.name(), server);
            seniority.put(server.name(), seniority.size());
        }
        Map<CapabilityKind, Collection<Served>> all = new EnumMap<>(CapabilityKind.class);
        catalog.served().forEach((kind, items) -> all.put(kind, items.values()));
        CapabilityView.Selected everything = CapabilityView.Selected.of("", all);
        Map<String, CapabilityView.Selected> views = new HashMap<>();
        ServedRevisions revisions = ServedRevisions.of(protocolVersions);
        Map<String, ServedRevisions> revisionsThere = new HashMap<>();
        for (VirtualServer virtualServer : virtualServers) {
            views.put(virtualServer.name(), Selection.of(virtualServer, everything));
            revisionsThere.put(
                    virtualServer.name(),
                    ServedRevisions.of(virtualServer.protocolVersions()).and(revisions));
        }
        return new RouteTable(
                everything,
                inOrder(everything.items(CapabilityKind.RESOURCE_TEMPLATE), seniority),
                byName,
                views,
                revisions,
                revisionsThere);
    }

    /**
     * Where a resource is read, as far as the view shows it: at the server that lists it, else at one of whose templates
     * it is an instance, the most specific template first, else at the server of a tool that has it as its user interface
     * (MCP Apps: such resources need not be listed). A listed resource that the view hides is not found through a template
     * or a tool of its own server.
     */
    public Optional<CapabilityRoute> resource(String uri, CapabilityView view) {
        Optional<CapabilityRoute> seen =
                view.find(CapabilityKind.RESOURCE, uri).map(Served::route);
        if (seen.isPresent()) {
            return seen;
        }
        Optional<ServerName> owner = owner(uri);
        return templates.stream()
                .filter(candidate -> !owner.equals(Optional.of(candidate.server())))
                .filter(candidate -> view.find(CapabilityKind.RESOURCE_TEMPLATE, candidate.route().ownName())
                        .isPresent())
                .filter(candidate -> candidate.template().matches(uri))
                .map(TemplateRoute::route)
                .findFirst()
                .or(() -> view.withUi(uri)
                        .filter(server -> !owner.equals(Optional.of(server.name())))
                        .map(server ->
                                new CapabilityRoute(CapabilityKind.RESOURCE, server, uri, ToolHints.UNSPECIFIED)));
    }

    /** The server that lists this resource, whether a view shows it or not. */
    public Optional<ServerName> owner(String uri) {
        return everything
                .find(CapabilityKind.RESOURCE, uri)
                .map(item -> item.route().server().name());
    }

    /** The MCP revisions that clients may use who see this. */
    public ServedRevisions revisions(CapabilityView view) {
        return switch (view) {
            case CapabilityView.Selected selected -> revisionsThere.getOrDefault(selected.key(), revisions);
            case CapabilityView.Authorized(CapabilityView.Selected selected, var _) -> revisions(selected);
            case CapabilityView.Refused _ -> revisions;
        };
    }

    public Optional<ServerRoute> serverByHostname(String hostname) {
        return servers.values().stream()
                .filter(server -> server.hostname().equalsIgnoreCase(hostname))
                .findFirst();
    }

    private static List<TemplateRoute> inOrder(Stream<Served> templates, Map<ServerName, Integer> seniority) {
        return templates
                .map(Served::route)
                .flatMap(route ->
                        UriTemplate.parse(route.ownName()).map(template -> new TemplateRoute(template, route)).stream())
                .sorted(Comparator.comparing(TemplateRoute::template, UriTemplate.MOST_SPECIFIC_FIRST)
                        .thenComparing(candidate -> seniority.getOrDefault(candidate.server(), Integer.MAX_VALUE))
                        .thenComparing(candidate -> candidate.route().ownName()))
                .toList();
    }
}
