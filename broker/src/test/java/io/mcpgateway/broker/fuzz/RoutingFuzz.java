package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.Authorization;
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
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.RouterFacts;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session that may see one tool, one prompt and one server's resources, and bodies that try to get at the others by
 * every method that goes to a server: what leaves names what may be seen, read by another parser too.
 */
public final class RoutingFuzz {
    static final List<String> SEEDS = List.of(
            call("tools/call", "{\"name\":\"p_open\",\"arguments\":{\"name\":\"p_hidden\"}}"),
            call("tools/call", "{\"name\":\"p_hidden\"}"),
            call("tools/call", "{\"name\":\"p_hidden\",\"name\":\"p_open\"}"),
            call("tools/call", "{\"name\":\"p_open\",\"n\\u0061me\":\"p_hidden\"}"),
            call("tools/call", "{\"name\":\"p_open\",\"NAME\":\"p_hidden\"}"),
            call("tools/call", "{\"name\":\"p_\\u0068idden\"}"),
            call("prompts/get", "{\"name\":\"p_open\"}"),
            call("prompts/get", "{\"name\":\"p_hidden\"}"),
            call("completion/complete", "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p_hidden\"}}"),
            call("completion/complete", "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p_open\"},\"argument\":{}}"),
            call("completion/complete", "{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"open://a/{name}\"}}"),
            call("completion/complete", "{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"hidden://a/{name}\"}}"),
            call("resources/read", "{\"uri\":\"file:///open\"}"),
            call("resources/read", "{\"uri\":\"file:///hidden\"}"),
            call("resources/read", "{\"uri\":\"hidden://a/b\"}"),
            call("resources/read", "{\"uri\":\"open://a/b\",\"ur\\u0069\":\"file:///hidden\"}"),
            call("resources/subscribe", "{\"uri\":\"file:///hidden\"}"),
            call("resources/subscribe", "{\"uri\":\"open://a/hidden\"}"),
            call("resources/unsubscribe", "{\"uri\":\"hidden://a/b\",\"name\":\"p_open\"}"),
            "[" + call("tools/call", "{\"name\":\"p_hidden\"}") + "]");

    private static final ParamHeader REGION =
            new ParamHeader("mcp-param-region", List.of("region"), ParamHeader.Type.STRING);
    private static final ServerRoute OPEN = server("one", ServerEras.NONE);
    private static final ServerRoute HIDDEN = server("two", ServerEras.NONE);
    private static final ObjectMapper TREE = new ObjectMapper();
    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));
    private static final RequestHead HEAD = new RequestHead(
            "POST",
            "mcp.example.com",
            "/mcp",
            RequestHeaders.of(Map.of("content-type", List.of("application/json"), "mcp-session-id", List.of("token"))));
    private static final RouterFacts FACTS = new RouterFacts(
            CallerBinding.ANONYMOUS,
            new SessionVerdict.Valid(new GatewaySession(
                    new GatewaySessionId("gateway-1"),
                    Instant.parse("2027-11-24T00:00:00Z"),
                    CallerBinding.ANONYMOUS,
                    Optional.of("ns/vs"),
                    "2025-11-25",
                    ClientFeatures.NONE)),
            new RouterTokenVerdict.Absent(),
            Authorization.EVERYTHING,
            table(OPEN, HIDDEN));

    private RoutingFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        sent(HEAD, RawJson.of(input));
    }

    /** What goes to a server of this request, if anything does; throws if it names what must not be seen. */
    static Optional<RouteDecision.Forward> sent(RequestHead head, RawJson body) {
        if (!(ROUTER.decide(head, body, FACTS) instanceof RouteDecision.CallServer call)) {
            return Optional.empty();
        }
        assertThat(call.route().server()).isEqualTo(OPEN);
        RouteDecision.Complete sent =
                ROUTER.complete(call, new SessionOutcome.Ready(new ServerSession(Optional.empty(), "2025-11-25")));
        assertThat(sent).isInstanceOfSatisfying(RouteDecision.Forward.class, forward -> {
            assertThat(forward.server()).isEqualTo(OPEN);
            JsonNode params = tree(forward.body().orElse(body)).path("params");
            JsonNode named = call.method().equals("completion/complete") ? params.path("ref") : params;
            switch (call.route().kind()) {
                case TOOL, PROMPT -> {
                    assertThat(call.route().ownName()).isEqualTo("open");
                    assertThat(named.path("name").textValue()).isEqualTo("open");
                    assertThat(forward.edits().set().values()).noneMatch(value -> value.contains("hidden"));
                }
                case RESOURCE, RESOURCE_TEMPLATE ->
                    assertThat(named.path("uri").textValue())
                            .satisfies(uri -> assertThat(uri.equals("file:///open") || uri.startsWith("open://a/"))
                                    .isTrue());
            }
        });
        return Optional.of((RouteDecision.Forward) sent);
    }

    static JsonNode tree(RawJson json) {
        try {
            return TREE.readTree(json.bytes());
        } catch (IOException accepted) {
            throw new UncheckedIOException("sent what another parser refuses", accepted);
        }
    }

    private static String call(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    /** What may be seen is served by the first server, through the virtual server {@code ns/vs}. */
    static RouteTable table(ServerRoute open, ServerRoute hidden) {
        Map<CapabilityKind, Map<String, CapabilityRoute>> routes = Map.of(
                CapabilityKind.TOOL, named(CapabilityKind.TOOL, open),
                CapabilityKind.PROMPT, named(CapabilityKind.PROMPT, open),
                CapabilityKind.RESOURCE,
                        Map.of(
                                "file:///open", route(CapabilityKind.RESOURCE, open, "file:///open"),
                                "file:///hidden", route(CapabilityKind.RESOURCE, hidden, "file:///hidden")),
                CapabilityKind.RESOURCE_TEMPLATE,
                        Map.of(
                                "open://a/{name}", route(CapabilityKind.RESOURCE_TEMPLATE, open, "open://a/{name}"),
                                "hidden://a/{name}",
                                        route(CapabilityKind.RESOURCE_TEMPLATE, hidden, "hidden://a/{name}")));
        return RouteTable.of(
                RoutesServed.of(routes),
                List.of(open, hidden),
                List.of(new VirtualServer("ns/vs", List.of("p_open"), List.of("p_open"))));
    }

    private static Map<String, CapabilityRoute> named(CapabilityKind kind, ServerRoute server) {
        return Map.of("p_open", route(kind, server, "open"), "p_hidden", route(kind, server, "hidden"));
    }

    private static CapabilityRoute route(CapabilityKind kind, ServerRoute server, String name) {
        return kind == CapabilityKind.TOOL
                ? new CapabilityRoute(kind, server, name, ToolHints.UNSPECIFIED, List.of(REGION))
                : new CapabilityRoute(kind, server, name, ToolHints.UNSPECIFIED);
    }

    static ServerRoute server(String name, ServerEras eras) {
        return new ServerRoute(
                new ServerName("ns/" + name),
                name + ".mcp.local",
                "/mcp",
                URI.create("http://" + name + "/mcp"),
                new CallAuthorization.None(),
                Optional.empty(),
                AnonymousSessions.PER_CALL,
                eras,
                new ServerKey(name));
    }
}
