package io.mcpgateway.broker.client.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.FakeMcpServer.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How a server behaves that speaks 2026-07-28: it judges headers and {@code _meta} by the letter, opens no session, and
 * answers what it was told to. It refuses initialize unless it is {@link #dual}.
 */
public final class ModernServer implements FakeMcpServer.Behaviour {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String META = "io.modelcontextprotocol/";

    private final Map<String, String> results = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile List<String> versions = List.of("2026-07-28");
    private volatile boolean dual;

    private record Listener(String id, OutputStream out) {}

    /** Offers tools without listChanged, and lists one. */
    public ModernServer() {
        capabilities("{\"tools\":{}}");
        tools("alpha");
    }

    /** Also takes initialize, as the server does that it is set for. */
    public ModernServer dual() {
        dual = true;
        return this;
    }

    /** Speaks these revisions; those of our time are not among them if {@code supported} has none. */
    public ModernServer versions(String... supported) {
        versions = List.of(supported);
        return this;
    }

    public ModernServer capabilities(String json) {
        return result(
                "server/discover",
                "{\"resultType\":\"complete\",\"supportedVersions\":%VERSIONS%,\"capabilities\":" + json
                        + ",\"instructions\":\"Ask me.\",\"ttlMs\":0,\"cacheScope\":\"public\"}");
    }

    /** Lists these, with a time to live of zero. */
    public ModernServer tools(String... names) {
        return toolsFor(
                0, "public", List.of(names).stream().map(FakeMcpServer::tool).toArray(String[]::new));
    }

    public ModernServer toolsFor(long ttlMillis, String scope, String... json) {
        return result(
                "tools/list",
                "{\"resultType\":\"complete\",\"tools\":[" + String.join(",", json) + "],\"ttlMs\":" + ttlMillis
                        + ",\"cacheScope\":\"" + scope + "\"}");
    }

    /** Answers a method with this result. */
    public ModernServer result(String method, String json) {
        results.put(method, json);
        return this;
    }

    public int openSubscriptions() {
        return listeners.size();
    }

    /** Sends a notification without params to every subscription. */
    public void push(String method) throws IOException {
        for (Listener listener : listeners) {
            event(
                    listener,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"_meta\":{\"" + META
                            + "subscriptionId\":" + listener.id() + "}}}");
        }
    }

    /** Tells every subscription that a resource has changed. */
    public void updated(String uri) throws IOException {
        for (Listener listener : listeners) {
            event(
                    listener,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"_meta\":{\""
                            + META + "subscriptionId\":" + listener.id() + "},\"uri\":\"" + uri + "\"}}");
        }
    }

    /** Tells every subscription the state of a task, a JSON object. */
    public void taskChanged(String task) throws IOException {
        for (Listener listener : listeners) {
            event(
                    listener,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{\"_meta\":{\"" + META
                            + "subscriptionId\":" + listener.id() + "}," + task.substring(1) + "}");
        }
    }

    /** Ends every subscription in good order. */
    public void endSubscriptions() throws IOException {
        List<Listener> ending = List.copyOf(listeners);
        listeners.removeAll(ending);
        for (Listener listener : ending) {
            event(
                    listener,
                    "{\"jsonrpc\":\"2.0\",\"id\":" + listener.id() + ",\"result\":{\"resultType\":\"complete\"}}");
            listener.out().close();
        }
    }

    @Override
    public boolean answer(FakeMcpServer server, HttpExchange exchange, Received request) throws IOException {
        if (!request.http().equals("POST")) {
            if (dual) {
                return false;
            }
            FakeMcpServer.send(exchange, 405, "text/plain", "");
            return true;
        }
        JsonNode body = JSON.readTree(request.body());
        JsonNode meta = body.path("params").path("_meta");
        boolean modern = meta.has(META + "protocolVersion");
        if (!modern && dual) {
            return false;
        }
        String version = modern ? meta.path(META + "protocolVersion").asText() : legacyVersion(body);
        if (!versions.contains(version)) {
            refuse(
                    exchange,
                    request,
                    400,
                    -32022,
                    "Unsupported protocol version: " + version,
                    "{\"supported\":" + JSON.writeValueAsString(versions) + ",\"requested\":\"" + version + "\"}");
        } else if (!version.equals(request.headers().get("MCP-Protocol-Version"))
                || !body.path("method").asText().equals(request.headers().get("Mcp-Method"))) {
            refuse(exchange, request, 400, -32020, "Header mismatch", "null");
        } else if (!meta.path(META + "clientCapabilities").isObject()) {
            refuse(exchange, request, 400, -32602, "Invalid _meta", "null");
        } else if (request.method().equals("subscriptions/listen")) {
            listen(exchange, request, body.path("params").path("notifications"));
        } else if (results.containsKey(request.method())) {
            FakeMcpServer.result(
                    exchange,
                    request,
                    results.get(request.method()).replace("%VERSIONS%", JSON.writeValueAsString(versions)));
        } else {
            refuse(exchange, request, 404, -32601, "Method not found", "null");
        }
        return true;
    }

    private static String legacyVersion(JsonNode body) {
        return body.path("params").path("protocolVersion").asText("2025-11-25");
    }

    private void listen(HttpExchange exchange, Received request, JsonNode filter) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        Listener listener = new Listener(FakeMcpServer.id(request), exchange.getResponseBody());
        event(
                listener,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"_meta\":{\""
                        + META + "subscriptionId\":" + listener.id() + "},\"notifications\":" + filter + "}}");
        listeners.add(listener);
    }

    private static void event(Listener listener, String json) throws IOException {
        listener.out().write((": keep-alive\n\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
        listener.out().flush();
    }

    /** Answers with a JSON-RPC error. */
    public static void refuse(
            HttpExchange exchange, Received request, int status, int code, String message, String data)
            throws IOException {
        FakeMcpServer.send(
                exchange,
                status,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request) + ",\"error\":{\"code\":" + code
                        + ",\"message\":\"" + message + "\",\"data\":" + data + "}}");
    }
}
