package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.catalog.Authorization;
import io.mcpgateway.broker.catalog.CapabilityKind;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ToolHints;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.BackendOutcome;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.RouterFacts;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.BackendSession;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ClientFeatures;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session that may see one tool and one prompt, and bodies that try to get at the others: what leaves for the server
 * names what may be seen, read by another parser too.
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
            "[" + call("tools/call", "{\"name\":\"p_hidden\"}") + "]");

    private static final ObjectMapper TREE = new ObjectMapper();
    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));
    private static final RequestHead HEAD = new RequestHead(
            "POST",
            "mcp.example.com",
            "/mcp",
            RequestHeaders.of(Map.of("content-type", List.of("application/json"), "mcp-session-id", List.of("token"))));
    private static final RouterFacts FACTS = new RouterFacts(
            new SessionVerdict.Valid(new GatewaySession(
                    new GatewaySessionId("gateway-1"),
                    Instant.parse("2027-11-24T00:00:00Z"),
                    CallerBinding.ANONYMOUS,
                    Optional.of("ns/vs"),
                    "2025-11-25",
                    ClientFeatures.NONE)),
            new RouterTokenVerdict.Absent(),
            Authorization.EVERYTHING,
            table());

    private RoutingFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        RawJson body = RawJson.of(input);
        if (!(ROUTER.decide(HEAD, body, FACTS) instanceof RouteDecision.CallBackend call)) {
            return;
        }
        assertThat(call.route().upstreamName()).isEqualTo("open");
        RouteDecision.Complete sent =
                ROUTER.complete(call, new BackendOutcome.Ready(new BackendSession(Optional.empty(), "2025-11-25")));
        assertThat(sent).isInstanceOfSatisfying(RouteDecision.Forward.class, forward -> {
            JsonNode params = tree(forward.body().orElse(body)).path("params");
            JsonNode named = call.method().equals("completion/complete") ? params.path("ref") : params;
            assertThat(named.path("name").textValue()).isEqualTo("open");
            assertThat(forward.edits().set().values()).noneMatch(value -> value.contains("hidden"));
        });
    }

    private static JsonNode tree(RawJson json) {
        try {
            return TREE.readTree(json.bytes());
        } catch (IOException accepted) {
            throw new UncheckedIOException("sent what another parser refuses", accepted);
        }
    }

    private static String call(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static RouteTable table() {
        ServerRoute server =
                new ServerRoute(new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one/mcp"));
        Map<CapabilityKind, Map<String, CapabilityRoute>> routes = Map.of(
                CapabilityKind.TOOL, named(CapabilityKind.TOOL, server),
                CapabilityKind.PROMPT, named(CapabilityKind.PROMPT, server));
        return RouteTable.of(
                routes, List.of(server), List.of(new VirtualServer("ns/vs", List.of("p_open"), List.of("p_open"))));
    }

    private static Map<String, CapabilityRoute> named(CapabilityKind kind, ServerRoute server) {
        return Map.of(
                "p_open", new CapabilityRoute(kind, server, "open", ToolHints.UNSPECIFIED),
                "p_hidden", new CapabilityRoute(kind, server, "hidden", ToolHints.UNSPECIFIED));
    }
}
