package io.mcpgateway.broker.status;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.url.Chosen;
import io.mcpgateway.broker.url.GatewayUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where somebody looks at what is served. Pure. */
sealed interface WhyPlace {
    /** A place that exists. */
    record At(Chosen chosen, CapabilityView view) implements WhyPlace {
        public At {
            Objects.requireNonNull(chosen, "chosen");
            Objects.requireNonNull(view, "view");
        }

        /** An item as it is seen here. */
        Optional<Served> seen(CapabilityKind kind, Served origin) {
            return view.items(kind)
                    .filter(item -> item.route()
                                    .server()
                                    .name()
                                    .equals(origin.route().server().name())
                            && item.route().ownName().equals(origin.route().ownName()))
                    .findFirst();
        }
    }

    /** There is no such place. */
    record Nowhere(String problem) implements WhyPlace {
        public Nowhere {
            Objects.requireNonNull(problem, "problem");
        }
    }

    static WhyPlace of(RouteTable table, WhyQuestion.About question) {
        if (question.url().isPresent()) {
            return of(table, question.url().get());
        }
        return at(
                table,
                question.virtualServer().<Chosen>map(Chosen.VirtualServer::new).orElseGet(Chosen.Nothing::new));
    }

    /**
     * The place of a URL.
     *
     * @param url with or without scheme and host
     */
    static WhyPlace of(RouteTable table, String url) {
        try {
            URI parsed = URI.create(url);
            String authority = Objects.requireNonNullElse(parsed.getRawAuthority(), "");
            return switch (table.urls().find(authority, Objects.requireNonNullElse(parsed.getRawPath(), ""))) {
                case GatewayUrl.Found(Chosen chosen) -> at(table, chosen);
                case GatewayUrl.Unknown(String problem) -> new Nowhere(problem);
                case GatewayUrl.Elsewhere() -> new Nowhere("MCP is served at /mcp and below it only");
            };
        } catch (IllegalArgumentException notUrl) {
            return new Nowhere("not a URL");
        }
    }

    /** Every place that exists. */
    static List<At> all(RouteTable table) {
        List<Chosen> chosen = new ArrayList<>();
        chosen.add(new Chosen.Nothing());
        table.virtualServers().keySet().stream()
                .sorted()
                .map(Chosen.VirtualServer::new)
                .forEach(chosen::add);
        table.servers().keySet().stream().sorted().map(Chosen.Server::new).forEach(chosen::add);
        List<At> places = new ArrayList<>();
        for (Chosen one : chosen) {
            if (at(table, one) instanceof At place) {
                places.add(place);
            }
        }
        return List.copyOf(places);
    }

    private static WhyPlace at(RouteTable table, Chosen chosen) {
        Optional<? extends CapabilityView> view = switch (chosen) {
            case Chosen.Nothing() -> Optional.of(table.everything());
            case Chosen.VirtualServer(String name) ->
                Optional.ofNullable(table.virtualServers().get(name));
            case Chosen.Server(var name) -> table.ofServer(name);
        };
        return view.<WhyPlace>map(known -> new At(chosen, known))
                .orElseGet(() -> new Nowhere("there is no " + chosen.described()));
    }
}
