package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.Explanation.Case;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.Selection;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.listing.InvalidDefinition;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.pinning.PinnedServer;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.url.Chosen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a tool, prompt or resource is served or not. Pure. */
final class WhyItems {
    private final GatewaySnapshot snapshot;
    private final WhyQuestion.About question;
    private final List<WhyPlace.At> places;

    private WhyItems(GatewaySnapshot snapshot, WhyQuestion.About question) {
        this.snapshot = snapshot;
        this.question = question;
        this.places = WhyPlace.all(snapshot.table());
    }

    /** One for each item that has the name: at its server, at the gateway, or somewhere where clients look. */
    static List<Case> cases(GatewaySnapshot snapshot, WhyQuestion.About question) {
        if (!(WhyPlace.of(snapshot.table(), question) instanceof WhyPlace.At place)) {
            return List.of();
        }
        WhyItems items = new WhyItems(snapshot, question);
        List<Case> cases = new ArrayList<>();
        for (CapabilityKind kind : CapabilityKind.values()) {
            items.named(kind).forEach(item -> cases.add(items.explained(item, place)));
            cases.addAll(items.invalid(kind));
        }
        cases.addAll(items.withheld());
        return List.copyOf(cases);
    }

    private List<Served> named(CapabilityKind kind) {
        Map<String, Served> found = new LinkedHashMap<>();
        for (McpServer server : snapshot.config().servers()) {
            snapshot.table().ofServer(server.name()).stream()
                    .flatMap(own -> own.items(kind))
                    .filter(item -> item.name().equals(question.name())
                            || servedName(server, kind, item).equals(question.name()))
                    .forEach(item -> found.put(origin(item), item));
        }
        places.forEach(place ->
                place.view().find(kind, question.name()).ifPresent(item -> found.putIfAbsent(origin(item), item)));
        return found.values().stream().limit(Explanation.MOST).toList();
    }

    private Case explained(Served item, WhyPlace.At place) {
        CapabilityRoute route = item.route();
        CapabilityKind kind = route.kind();
        Optional<Served> seen = place.seen(kind, item);
        if (seen.isEmpty()) {
            return hidden(item, place);
        }
        if (!question.allowed().allows(kind, route.server().name(), route.ownName())) {
            return notServed(
                    item,
                    ReasonCode.NOT_AUTHORIZED,
                    "claims of the caller",
                    "the claims do not name it for this server");
        }
        if (snapshot.table().revisions(place.view()).newestFirst().isEmpty()) {
            return notServed(
                    item,
                    ReasonCode.REVISION_NOT_SERVED,
                    object(place.chosen()),
                    "no MCP revision is allowed there that the gateway speaks");
        }
        Optional<ServerReport> kept = Optional.ofNullable(
                        snapshot.reports().get(route.server().name()))
                .filter(ServerReport::kept);
        String listed = place.view().searchesTools() && kind == CapabilityKind.TOOL
                ? "served; it may not be in tools/list, because tools are searched with find_tools"
                : "served";
        return new Case(
                kind.noun(),
                seen.get().name(),
                true,
                route.server().name().value(),
                paths(item),
                kept.flatMap(ServerReport::failure),
                kept.isPresent() ? "server " + route.server().name() : "",
                kept.map(report -> listed + ", but calls may fail: " + report.message())
                        .orElse(listed));
    }

    private Case hidden(Served item, WhyPlace.At place) {
        CapabilityRoute route = item.route();
        return switch (place.chosen()) {
            case Chosen.Nothing() ->
                snapshot.catalog().conflictsOf(route.server().name()).stream()
                        .filter(conflict -> conflict.kind() == route.kind()
                                && conflict.servedName().equals(servedName(item)))
                        .findFirst()
                        .map(conflict -> notServed(
                                item,
                                ReasonCode.NAME_CONFLICT,
                                "server " + conflict.keptBy(),
                                "its name " + conflict.servedName() + " is already served by " + conflict.keptBy()))
                        .orElseGet(() -> notServed(
                                item, ReasonCode.NAME_CONFLICT, "the gateway", "the gateway has a tool of this name"));
            case Chosen.VirtualServer(String name) -> unselected(item, name);
            case Chosen.Server server ->
                notServed(item, ReasonCode.NOT_SELECTED, object(server), "this URL shows another server only");
        };
    }

    private Case unselected(Served item, String virtualServer) {
        Optional<Selection.Clash> clash = Optional.ofNullable(
                        snapshot.table().selections().get(virtualServer))
                .stream()
                .flatMap(selection -> selection.clashes().stream())
                .filter(lost -> lost.kind() == item.route().kind()
                        && lost.server().equals(item.route().server().name())
                        && lost.servedName().equals(servedName(item)))
                .findFirst();
        return clash.map(lost -> notServed(
                        item,
                        ReasonCode.NAME_CONFLICT,
                        "server " + lost.keptBy(),
                        "its name %s is taken by %s in virtual server %s"
                                .formatted(lost.wanted(), lost.keptBy(), virtualServer)))
                .orElseGet(() -> notServed(
                        item,
                        ReasonCode.NOT_SELECTED,
                        "virtual server " + virtualServer,
                        "the virtual server does not select it, or excludes it"));
    }

    private List<Case> invalid(CapabilityKind kind) {
        List<Case> cases = new ArrayList<>();
        for (McpServer server : snapshot.config().servers()) {
            ServerReport report = snapshot.reports().get(server.name());
            if (report == null) {
                continue;
            }
            for (InvalidDefinition item : report.listing(kind).invalid()) {
                String served = kind.prefixed() ? server.toolPrefix() + item.name() : item.name();
                if (item.name().equals(question.name()) || served.equals(question.name())) {
                    cases.add(new Case(
                            kind.noun(),
                            item.name(),
                            false,
                            server.name().value(),
                            List.of(),
                            Optional.of(ReasonCode.INVALID_DEFINITION),
                            "server " + server.name(),
                            "the server's definition is left out: " + item.reason()));
                }
            }
        }
        return cases;
    }

    /** Tools that nobody has approved: no list has them, and no call reaches them. */
    private List<Case> withheld() {
        List<Case> cases = new ArrayList<>();
        for (McpServer server : snapshot.config().servers()) {
            PinnedServer pinned = snapshot.pinned().get(server.name());
            if (pinned != null && pinned.withholds()) {
                pinned.withheld().stream()
                        .filter(tool -> tool.name().equals(question.name())
                                || (server.toolPrefix() + tool.name()).equals(question.name()))
                        .map(tool -> withheld(server, tool))
                        .forEach(cases::add);
            }
        }
        return cases;
    }

    private static Case withheld(McpServer server, ToolFinding tool) {
        return new Case(
                CapabilityKind.TOOL.noun(),
                server.toolPrefix() + tool.name(),
                false,
                server.name().value(),
                List.of(),
                Optional.of(ReasonCode.QUARANTINED),
                "server " + server.name(),
                "its definition is not approved, so it is neither listed nor callable: %s; its digest is %s"
                        .formatted(tool.described(), tool.digest()));
    }

    private Case notServed(Served item, ReasonCode code, String object, String message) {
        CapabilityRoute route = item.route();
        return new Case(
                route.kind().noun(),
                servedName(item),
                false,
                route.server().name().value(),
                paths(item),
                Optional.of(code),
                object,
                message);
    }

    /** Where the caller sees it. */
    private List<String> paths(Served item) {
        CapabilityRoute route = item.route();
        if (!question.allowed().allows(route.kind(), route.server().name(), route.ownName())) {
            return List.of();
        }
        return places.stream()
                .filter(place -> place.seen(route.kind(), item).isPresent())
                .filter(place ->
                        !snapshot.table().revisions(place.view()).newestFirst().isEmpty())
                .map(place -> place.chosen().path())
                .limit(Explanation.MOST)
                .toList();
    }

    private String servedName(Served item) {
        return snapshot.config().servers().stream()
                .filter(server -> server.name().equals(item.route().server().name()))
                .findFirst()
                .map(server -> servedName(server, item.route().kind(), item))
                .orElse(item.name());
    }

    private static String servedName(McpServer server, CapabilityKind kind, Served item) {
        return kind.prefixed()
                ? server.toolPrefix() + item.route().ownName()
                : item.route().ownName();
    }

    private static String origin(Served item) {
        return item.route().server().name() + " " + item.route().ownName();
    }

    private static String object(Chosen chosen) {
        return switch (chosen) {
            case Chosen.Nothing() -> "the gateway";
            case Chosen.VirtualServer(String name) -> "virtual server " + name;
            case Chosen.Server(var name) -> "server " + name;
        };
    }
}
