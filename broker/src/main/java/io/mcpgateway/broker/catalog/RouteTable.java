package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.listing.UriTemplate;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.url.UrlTable;
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
 * @param templates every resource template, in the order in which they are tried
 * @param servers every enabled server, ready or not
 * @param selections what became of each virtual server, by name
 * @param virtualServers what each of them shows, by name
 * @param originals what each server lists, under its own names
 * @param revisions the MCP revisions that clients may use who choose no virtual server
 * @param revisionsThere the same of those who choose one, by its name
 * @param urls where clients find what
 */
public record RouteTable(
        CapabilityView.Selected everything,
        List<TemplateRoute> templates,
        Map<ServerName, ServerRoute> servers,
        Map<String, Selection> selections,
        Map<String, CapabilityView.Selected> virtualServers,
        Map<ServerName, CapabilityView.Selected> originals,
        ServedRevisions revisions,
        Map<String, ServedRevisions> revisionsThere,
        UrlTable urls) {
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
        selections = Map.copyOf(selections);
        virtualServers = Map.copyOf(virtualServers);
        originals = Map.copyOf(originals);
        Objects.requireNonNull(urls, "urls");
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
        return of(catalog, servers, virtualServers, protocolVersions, ToolSearch.UNSET, Map.of(), false);
    }

    /**
     * The same, made faster.
     *
     * @param toolSearch of the gateway
     * @param known selections that were made before
     * @param sameItems whether they were made of an equal catalogue
     */
    public static RouteTable of(
            CapabilityCatalog catalog,
            List<ServerRoute> servers,
            List<VirtualServer> virtualServers,
            List<String> protocolVersions,
            ToolSearch toolSearch,
            Map<String, Selection> known,
            boolean sameItems) {
        Map<ServerName, ServerRoute> byName = new HashMap<>();
        Map<ServerName, Integer> seniority = new HashMap<>();
        for (ServerRoute server : servers) {
            byName.put(server.name(), server);
            seniority.put(server.name(), seniority.size());
        }
        Map<CapabilityKind, Collection<Served>> all = new EnumMap<>(CapabilityKind.class);
        catalog.served().forEach((kind, items) -> all.put(kind, items.values()));
        CapabilityView.Selected everything = CapabilityView.Selected.of("", all);
        List<ServerOffer> offers = servers.stream()
                .map(server -> Optional.ofNullable(catalog.offers().get(server.name())))
                .flatMap(Optional::stream)
                .toList();
        ServedRevisions revisions = ServedRevisions.of(protocolVersions);
        Map<String, ServedRevisions> revisionsThere = new HashMap<>();
        Map<String, Selection> selections = new HashMap<>();
        for (VirtualServer virtualServer : virtualServers) {
            selections.put(
                    virtualServer.name(),
                    Optional.ofNullable(known.get(virtualServer.name()))
                            .filter(before -> before.virtualServer().equals(virtualServer))
                            .map(before -> sameItems ? before : before.again(everything, offers))
                            .orElseGet(() -> Selection.of(virtualServer, everything, offers)));
            revisionsThere.put(
                    virtualServer.name(),
                    ServedRevisions.of(virtualServer.protocolVersions()).and(revisions));
        }
        Map<String, CapabilityView.Selected> views = new HashMap<>();
        selections.forEach((name, selection) -> views.put(
                name, searched(selection.view(), selection.virtualServer().toolSearch(), toolSearch, everything)));
        Map<ServerName, CapabilityView.Selected> originals = new HashMap<>();
        offers.forEach(offer -> originals.put(offer.route().name(), offer.originals()));
        Stream<Served> templates = offers.stream()
                .flatMap(offer -> offer.items(CapabilityKind.RESOURCE_TEMPLATE).stream())
                .map(ServerOffer.Offered::own);
        return new RouteTable(
                searched(everything, toolSearch, toolSearch, everything),
                inOrder(templates, seniority),
                byName,
                selections,
                views,
                originals,
                revisions,
                revisionsThere,
                UrlTable.of(byName.keySet(), virtualServers));
    }

    private static CapabilityView.Selected searched(
            CapabilityView.Selected view, ToolSearch own, ToolSearch ofGateway, CapabilityView.Selected everything) {
        return own.isOn(ofGateway)
                ? view.searched(own.pinnedTools().stream()
                        .flatMap(name -> everything.find(CapabilityKind.TOOL, name).stream())
                        .toList())
                : view;
    }

    /** Every tool that can be searched by somebody, once, in order of name. */
    public List<Served> searchableTools() {
        return Stream.concat(Stream.of(everything), virtualServers.values().stream())
                .filter(CapabilityView::searchesTools)
                .flatMap(view -> view.items(CapabilityKind.TOOL))
                .distinct()
                .sorted(Comparator.comparing(Served::name))
                .toList();
    }

    /** Everything of one enabled server, under its own names; empty if it is not known. */
    public Optional<CapabilityView.Selected> ofServer(ServerName server) {
        return servers.containsKey(server)
                ? Optional.of(originals.getOrDefault(server, CapabilityView.Selected.NOTHING))
                : Optional.empty();
    }

    /**
     * Where a resource is read, as far as the view shows it: at the server that lists it, else at one of whose templates
     * it is an instance, the most specific template first, else at the server of a tool that has it as its user interface
     * (MCP Apps: such resources need not be listed). A listed resource that the view hides is not found through a template
     * or a tool of its own server.
     */
    public Optional<CapabilityRoute> resource(String uri, CapabilityView view) {
        Optional<CapabilityRoute> seen = view.find(CapabilityKind.RESOURCE, uri).map(Served::route);
        if (seen.isPresent()) {
            return seen;
        }
        return templates.stream()
                .filter(candidate -> view.find(
                                CapabilityKind.RESOURCE_TEMPLATE,
                                candidate.route().ownName())
                        .filter(item -> item.route().server().name().equals(candidate.server()))
                        .isPresent())
                .filter(candidate -> candidate.template().matches(uri))
                .filter(candidate -> !lists(candidate.server(), uri))
                .map(TemplateRoute::route)
                .findFirst()
                .or(() -> view.withUi(uri)
                        .filter(server -> !lists(server.name(), uri))
                        .map(server ->
                                new CapabilityRoute(CapabilityKind.RESOURCE, server, uri, ToolHints.UNSPECIFIED)));
    }

    /** Whether some server lists this resource, whether a view shows it or not. */
    public boolean lists(String uri) {
        return everything.find(CapabilityKind.RESOURCE, uri).isPresent();
    }

    private boolean lists(ServerName server, String uri) {
        return originals
                .getOrDefault(server, CapabilityView.Selected.NOTHING)
                .find(CapabilityKind.RESOURCE, uri)
                .isPresent();
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
