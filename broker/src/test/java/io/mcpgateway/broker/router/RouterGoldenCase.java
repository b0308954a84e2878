package io.mcpgateway.broker.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.catalog.AuthorizedTools;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ToolHints;
import io.mcpgateway.broker.catalog.ToolRoute;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.BackendSession;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ClientFeatures;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the first document of a golden file: one request, and what the shell would have found out about it. */
final class RouterGoldenCase {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Instant EXPIRY = Instant.parse("2026-11-24T00:00:00Z");

    private final JsonNode document;

    RouterGoldenCase(String yaml) throws IOException {
        document = YAML.readTree(yaml);
    }

    /** The decision; a call is completed with the case's {@code backend}, if it has one. */
    RouteDecision decide() {
        OriginRule origins = OriginRule.of("mcp.example.com", false, List.of("https://app.example.com"));
        Router router = new Router("mcp.example.com", 1000, origins, ServerRequestIds.withKey(new byte[32]));
        RouterFacts facts = new RouterFacts(session(), routerToken(), authorizedTools(), table());
        if (!document.has("body")) {
            return router.decideWithoutBody(head(), facts);
        }
        RouteDecision decision = router.decide(head(), RawJson.of(body()), facts);
        return decision instanceof RouteDecision.CallBackend call && document.has("backend")
                ? router.complete(call, backend())
                : decision;
    }

    String body() {
        return document.path("body").asText();
    }

    private RequestHead head() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        document.path("headers").properties().forEach(header -> headers.put(header.getKey(), texts(header.getValue())));
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
                "2025-11-25",
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

    private AuthorizedTools authorizedTools() {
        if (!document.has("authorizedTools")) {
            return new AuthorizedTools.Everything();
        }
        Map<String, Set<String>> tools = new HashMap<>();
        document.path("authorizedTools")
                .properties()
                .forEach(entry -> tools.put(entry.getKey(), Set.copyOf(texts(entry.getValue()))));
        return new AuthorizedTools.Only(tools);
    }

    private BackendOutcome backend() {
        JsonNode backend = document.path("backend");
        return backend.has("status")
                ? new BackendOutcome.Failed(
                        backend.path("status").asInt(), backend.path("message").asText())
                : new BackendOutcome.Ready(new BackendSession(
                        Optional.ofNullable(backend.path("id").textValue()),
                        backend.path("version").asText()));
    }

    private RouteTable table() {
        Map<ServerName, ServerRoute> servers = new HashMap<>();
        Map<String, ToolRoute> tools = new HashMap<>();
        document.path("table").path("servers").properties().forEach(entry -> {
            JsonNode server = entry.getValue();
            ServerRoute route = new ServerRoute(
                    new ServerName(entry.getKey()),
                    server.path("hostname").asText(),
                    server.path("path").asText(),
                    URI.create("http://backend.test:9000" + server.path("path").asText()));
            servers.put(route.name(), route);
            server.path("tools")
                    .properties()
                    .forEach(tool -> tools.put(
                            tool.getKey(), new ToolRoute(route, tool.getValue().asText(), hints(server))));
        });
        List<VirtualServer> virtualServers = new ArrayList<>();
        document.path("table")
                .path("virtualServers")
                .properties()
                .forEach(entry -> virtualServers.add(new VirtualServer(entry.getKey(), texts(entry.getValue()))));
        return RouteTable.of(tools, servers, virtualServers);
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

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.asText()));
        } else {
            texts.add(value.asText());
        }
        return texts;
    }
}
