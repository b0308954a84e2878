package io.mcpgateway.broker.warmup;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RequestHead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests as clients of both eras send them. */
final class Messages {
    static final RawJson NO_BODY = RawJson.of("");
    static final RawJson INITIALIZE =
            RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                    + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"warm-up\",\"version\":\"1\"}}}");
    static final RawJson INITIALIZED = RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

    private static final String MODERN = ProtocolVersions.MODERN.getLast();
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN
            + "\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"warm-up\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private Messages() {}

    /** One request. */
    record Request(RequestHead head, RawJson body) {}

    /** In a session, or without one. */
    static Request legacy(String method, Optional<String> session, RawJson body) {
        Map<String, List<String>> headers = common();
        headers.put("mcp-protocol-version", List.of("2025-11-25"));
        session.ifPresent(id -> headers.put("mcp-session-id", List.of(id)));
        return request(method, headers, body);
    }

    static RawJson legacyCall(String tool) {
        return message("tools/call", call(tool));
    }

    static RawJson legacyMessage(String method) {
        return message(method, "");
    }

    static Request modernCall(String tool) {
        Map<String, List<String>> headers = modern("tools/call");
        headers.put("mcp-name", List.of(tool));
        return request("POST", headers, message("tools/call", call(tool) + "," + META));
    }

    static Request modernMessage(String method) {
        return request("POST", modern(method), message(method, META));
    }

    /** A list of a virtual server. */
    static Request shortList() {
        Map<String, List<String>> headers = modern("tools/list");
        headers.put(GatewayHeaders.VIRTUAL_SERVER, List.of(MadeUpServers.SHORT_LIST));
        return request("POST", headers, message("tools/list", META));
    }

    private static String call(String tool) {
        return "\"name\":\"" + tool + "\",\"arguments\":{\"text\":\"hello\",\"count\":12345678901234567890}";
    }

    private static RawJson message(String method, String params) {
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + params + "}}");
    }

    private static Request request(String method, Map<String, List<String>> headers, RawJson body) {
        return new Request(
                new RequestHead(method, MadeUpServers.PUBLIC_HOST, "/mcp", RequestHeaders.of(headers)), body);
    }

    private static Map<String, List<String>> modern(String method) {
        Map<String, List<String>> headers = common();
        headers.put("mcp-protocol-version", List.of(MODERN));
        headers.put("mcp-method", List.of(method));
        headers.put("authorization", List.of("Bearer warm-up"));
        return headers;
    }

    /** What proxies add is among it. */
    private static Map<String, List<String>> common() {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("content-type", List.of(MediaTypes.JSON));
        headers.put("accept", List.of(MediaTypes.JSON_OR_EVENT_STREAM));
        headers.put("user-agent", List.of("warm-up"));
        headers.put("x-forwarded-for", List.of("192.0.2.1"));
        headers.put("x-forwarded-proto", List.of("http"));
        headers.put("x-request-id", List.of("9b2f1f0e-0000-4000-8000-000000000000"));
        return headers;
    }
}
