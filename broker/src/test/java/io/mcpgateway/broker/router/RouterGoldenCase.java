package io.mcpgateway.broker.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskSeal;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the first document of a golden file: one request, and what the shell would have found out about it. */
final class RouterGoldenCase {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String SERVER_ORIGIN = "http://backend.test:9000";
    private static final Instant EXPIRY = Instant.parse("2026-11-24T00:00:00Z");
    private static final RequestStates STATES = RequestStates.withKey(new byte[32]);

    private final JsonNode document;

    RouterGoldenCase(String yaml) throws IOException {
        document = YAML.readTree(yaml);
    }

    /** The decision; a call is completed with the case's {@code backend}, if it has one. */
    RouteDecision decide() {
        OriginRule origins = OriginRule.of("mcp.example.com", false, List.of("https://app.example.com"));
        Router router = new Router("mcp.example.com", 1000, origins, ServerRequestIds.withKey(new byte[32]));
        CallerBinding caller = CallerBinding.of(head().headers().all("authorization"));
        RouterFacts facts = new RouterFacts(
                caller,
                session(),
                routerToken(),
                authorization(),
                table(),
                (binding, text) -> STATES.open(binding, text, EXPIRY));
        if (!document.has("body")) {
            return router.decideWithoutBody(head(), facts);
        }
        RouteDecision decision = router.decide(head(), RawJson.of(sealed(body())), facts);
        return decision instanceof RouteDecision.CallServer call && document.has("backend")
                ? router.complete(call, backend())
                : decision;
    }

    String body() {
        return document.path("body").asText();
    }

    /** With the ID that a caller has of the case's {@code task}, wherever it says {@code TASK}. */
    private String sealed(String text) {
        JsonNode task = document.path("task");
        if (task.isMissingNode()) {
            return text;
        }
        String server = task.path("server").asText();
        ServerKey key = ServerKey.of(
                server,
                URI.create(SERVER_ORIGIN
                        + document.at("/table/servers")
                                .path(server)
                                .path("path")
                                .asText()));
        String id = TaskSeal.of(new CallAuthorization.None(), CallerBinding.of(texts(task, "caller")))
                .seal(
                        STATES,
                        new ServerTask(
                                key, task.path("tool").asText(), task.path("id").asText()));
        return text.replace("TASK", id);
    }

    private RequestHead head() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        document.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey(),
                        texts(header.getValue()).stream().map(this::sealed).toList()));
        return new RequestHead(
                document.path("method").asText("POST"),
                document.path("authority").asText("mcp.example.com"),
                document.path("path").asText("/mcp"),
                RequestHeaders.of(headers));
    }

    private SessionVerdict session() {
        return switch (document.path("session").asText("missing")) {
            case "valid" -> new SessionVerdict.Valid(gatewaySession());
            case "missing" -> new SessionVerdict.Missing();
            case "expired" -> new SessionVerdict.Expired();
            case "revoked" -> new SessionVerdict.Revoked();
            case "unconfirmed" -> new SessionVerdict.Unconfirmed();
            case "foreign" -> new SessionVerdict.ForeignCaller();
            case "invalid" -> new SessionVerdict.Invalid("signature does not match");
            default -> throw new IllegalArgumentException("unknown session: " + document.path("session"));
        };
    }

    private GatewaySession gatewaySession() {
        Optional<String> virtualServer =
                Optional.ofNullable(document.path("sessionVirtualServer").textValue());
        return new GatewaySession(
                new GatewaySessionId("gateway-1"),
                EXPIRY,
                CallerBinding.ANONYMOUS,
                virtualServer,
                document.path("sessionVersion").asText("2025-11-25"),
                ClientFeatures.NONE);
    }

    private RouterTokenVerdict routerToken() {
        String validFor = document.path("routerTokenFor").asText();
        if (!validFor.isEmpty()) {
            return new RouterTokenVerdict.Valid(validFor, "token-1", EXPIRY);
        }
        return document.path("routerToken").asText().equals("invalid")
                ? new RouterTokenVerdict.Invalid("expired")
                : new RouterTokenVerdict.Absent();
    }

    private Authorization authorization() {
        return new Authorization(
                authorized("authorizedTools"), authorized("authorizedPrompts"), authorized("authorizedResources"));
    }

    private AuthorizedNames authorized(String member) {
        if (!document.has(member)) {
            return new AuthorizedNames.Everything();
        }
        Map<String, Set<String>> names = new HashMap<>();
        document.path(member)
                .properties()
                .forEach(entry -> names.put(entry.getKey(), Set.copyOf(texts(entry.getValue()))));
        return new AuthorizedNames.Only(names);
    }

    private SessionOutcome backend() {
        JsonNode backend = document.path("backend");
        return backend.has("status")
                ? new SessionOutcome.Failed(
                        backend.path("status").asInt(), backend.path("message").asText())
                : new SessionOutcome.Ready(new ServerSession(
                        Optional.ofNullable(backend.path("id").textValue()),
                        backend.path("version").asText()));
    }

    /**
     * Servers in order; tools and prompts by served name, resources and templates as lists. {@code versions} are the
     * revisions that the {@code gateway} and virtual servers allow.
     */
    private RouteTable table() {
        List<ServerRoute> servers = new ArrayList<>();
        Map<CapabilityKind, Map<String, CapabilityRoute>> routes = new EnumMap<>(CapabilityKind.class);
        for (CapabilityKind kind : CapabilityKind.values()) {
            routes.put(kind, new HashMap<>());
        }
        document.path("table").path("servers").properties().forEach(entry -> {
            JsonNode server = entry.getValue();
            URI url = URI.create(SERVER_ORIGIN + server.path("path").asText());
            ServerRoute route = new ServerRoute(
                    new ServerName(entry.getKey()),
                    server.path("hostname").asText(),
                    server.path("path").asText(),
                    url,
                    new CallAuthorization.None(),
                    Optional.empty(),
                    AnonymousSessions.PER_CALL,
                    eras(server),
                    ServerKey.of(entry.getKey(), url));
            servers.add(route);
            for (CapabilityKind kind : CapabilityKind.values()) {
                JsonNode items = server.path(kind.listMember());
                ToolHints hints = kind == CapabilityKind.TOOL ? hints(server) : ToolHints.UNSPECIFIED;
                Map<String, CapabilityRoute> byName = java.util.Objects.requireNonNull(routes.get(kind));
                items.properties()
                        .forEach(item -> byName.put(
                                item.getKey(),
                                new CapabilityRoute(
                                        kind, route, item.getValue().asText(), hints, paramHeaders(server))));
                items.forEach(item -> {
                    if (items.isArray()) {
                        byName.putIfAbsent(item.asText(), new CapabilityRoute(kind, route, item.asText(), hints));
                    }
                });
            }
        });
        List<VirtualServer> virtualServers = new ArrayList<>();
        document.path("table")
                .path("virtualServers")
                .properties()
                .forEach(entry -> virtualServers.add(new VirtualServer(
                        entry.getKey(),
                        texts(entry.getValue()),
                        List.of(),
                        SelectionRules.NONE,
                        SeenNames.AS_SERVED,
                        texts(document.path("table").path("versions").path(entry.getKey())),
                        ChosenUrl.NONE,
                        toolSearch(entry.getKey()))));
        return RouteTable.of(
                RoutesServed.of(routes),
                servers,
                virtualServers,
                texts(document.path("table").path("versions").path("gateway")));
    }

    /** {@code toolSearch} has the pinned tools of each virtual server whose tools are searched. */
    private ToolSearch toolSearch(String virtualServer) {
        JsonNode pinned = document.path("table").path("toolSearch").path(virtualServer);
        return pinned.isMissingNode()
                ? ToolSearch.UNSET
                : new ToolSearch(Optional.of(ToolSearch.Mode.ON), texts(pinned));
    }

    /** The headers with the argument that each of them repeats. */
    private static List<ParamHeader> paramHeaders(JsonNode server) {
        List<ParamHeader> headers = new ArrayList<>();
        server.path("paramHeaders")
                .properties()
                .forEach(header -> headers.add(new ParamHeader(
                        header.getKey(), List.of(header.getValue().asText()), ParamHeader.Type.STRING)));
        return headers;
    }

    /** {@code modern: true}, or {@code eras} with revisions: {@code *} after a legacy one if no session is kept there. */
    private static ServerEras eras(JsonNode server) {
        JsonNode eras = server.path("eras");
        if (server.path("modern").asBoolean()) {
            return new ServerEras(
                    Optional.empty(),
                    List.of("2026-07-28"),
                    server.path("tasks").asBoolean());
        }
        Optional<ServerEras.LegacyLeg> legacy = Optional.ofNullable(
                        eras.path("legacy").textValue())
                .map(version -> new ServerEras.LegacyLeg(version.replace("*", ""), !version.endsWith("*")));
        return new ServerEras(legacy, eras.has("modern") ? texts(eras.path("modern")) : List.of());
    }

    private static ToolHints hints(JsonNode server) {
        return server.has("readOnly")
                ? new ToolHints(
                        Optional.of(server.path("readOnly").asBoolean()),
                        Optional.of(false),
                        Optional.empty(),
                        Optional.empty())
                : ToolHints.UNSPECIFIED;
    }

    private static List<String> texts(JsonNode object, String member) {
        return object.has(member) ? texts(object.path(member)) : List.of();
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.asText()));
        } else if (!value.isMissingNode()) {
            texts.add(value.asText());
        }
        return texts;
    }
}
