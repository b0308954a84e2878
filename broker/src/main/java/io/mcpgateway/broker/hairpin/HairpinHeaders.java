package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.http.HopByHop;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.CallHeaders;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.session.SessionAffinity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which headers the broker's own request to a server carries: what the client sent, so that policies on the server's
 * route judge the client, minus what belongs to the client's own connection and message; and what the router says of
 * the call, so that they judge the call. Pure.
 */
final class HairpinHeaders {
    private static final String USER_AGENT = "mcp-router";

    private static final Set<String> DROPPED = Set.of(
            StandardHeaders.ACCEPT,
            StandardHeaders.ACCEPT_ENCODING,
            "cookie",
            "expect",
            StandardHeaders.HOST,
            McpHeaders.LAST_EVENT_ID,
            "range",
            StandardHeaders.USER_AGENT);
    /** Bodies, proxies on the way, MCP sessions, and Envoy's own. */
    private static final Set<String> DROPPED_PREFIXES =
            Set.of(":", "content-", "proxy-", "mcp-", "if-", "x-envoy-", "http2-");

    private HairpinHeaders() {}

    /** The headers of one request; {@code routerKey} is good for this one only. */
    static Map<String, String> of(CallServer call, String routerKey) {
        ClientRequest client =
                new ClientRequest(call.head().headers(), call.session().id());
        return of(client, call.route().server(), CallHeaders.of(call), routerKey);
    }

    /**
     * The headers of one request that belongs to no call.
     *
     * @param routed what the router would say of it, besides the server's name
     */
    static Map<String, String> of(
            ClientRequest client, ServerRoute server, Map<String, String> routed, String routerKey) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                GatewayHeaders.SESSION_AFFINITY,
                SessionAffinity.of(client.session(), server.key()).value());
        all.putAll(routed);
        return of(client.headers(), server, all, routerKey);
    }

    /** The same for a client that has no session. */
    static Map<String, String> of(
            RequestHeaders client, ServerRoute server, Map<String, String> routed, String routerKey) {
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> hopByHop = HopByHop.named(client.all(StandardHeaders.CONNECTION));
        for (String name : client.names()) {
            String value = String.join(separator(name), client.all(name));
            if (isKept(name) && !hopByHop.contains(name) && isToken(name) && isFieldValue(value)) {
                headers.put(name, value);
            }
        }
        headers.put(StandardHeaders.USER_AGENT, USER_AGENT);
        headers.put(GatewayHeaders.SERVER_NAME, server.name().value());
        headers.putAll(routed);
        headers.put(GatewayHeaders.INIT_HOST, server.hostname());
        headers.put(GatewayHeaders.ROUTER_KEY, routerKey);
        return headers;
    }

    private static boolean isKept(String name) {
        return !GatewayHeaders.staysAtGateway(name)
                && !HopByHop.isAlways(name)
                && !DROPPED.contains(name)
                && DROPPED_PREFIXES.stream().noneMatch(name::startsWith);
    }

    private static String separator(String name) {
        return name.equals(StandardHeaders.AUTHORIZATION) ? "," : ", ";
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(character -> (character >= 'a' && character <= 'z')
                                || (character >= '0' && character <= '9')
                                || "!#$%&'*+-.^_`|~".indexOf(character) >= 0);
    }

    private static boolean isFieldValue(String value) {
        return value.chars()
                .allMatch(
                        character -> character == '\t' || (character >= ' ' && character <= 0xFF && character != 0x7F));
    }
}
