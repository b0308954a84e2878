package io.mcpgateway.controller.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway and its broker on one port: answers each MCP method as it is told, and remembers what came. */
final class FakeGateway implements AutoCloseable {
    /** Of the broker, about a call of p_greet. */
    static final String ROUTE = """
            {"decision":"forwarded","server":"ns/one","ownName":"greet","url":"/mcp","host":"one.mcp.local",
             "serverVersion":"2025-06-18","serverVersions":["2025-06-18"],
             "headers":{"x-mcp-method":"tools/call","x-mcp-servername":"ns/one","x-mcp-toolname":"greet"},"micros":120}
            """;

    /**
     * What came to the gateway.
     *
     * @param headers first values, names in lower case
     */
    record Received(String method, Map<String, String> headers, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private volatile Optional<Path> log = Optional.empty();

    private record Answer(int status, String type, String body) {}

    FakeGateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        server.createContext("/mcp", this::mcp);
        server.createContext("/status/route", this::route);
        server.start();
        answer("initialize", 200, "application/json", """
                {"jsonrpc":"2.0","id":"x","result":{"protocolVersion":"2025-11-25","capabilities":{},
                 "serverInfo":{"name":"g","version":"1"}}}""");
        answer("notifications/initialized", 202, "application/json", "");
        answer("DELETE", 204, "application/json", "");
        answer("route", 200, "application/json", ROUTE);
    }

    void answer(String method, int status, String type, String body) {
        answers.put(method, new Answer(status, type, body));
    }

    /** Writes a line for every call from now on, as behind an Envoy that gives requests its own IDs. */
    void audit(Path file) {
        log = Optional.of(file);
    }

    /** Calls give this JSON-RPC member. */
    void call(String member) {
        answer("tools/call", 200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":\"x\"," + member + "}");
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Received> received() {
        return received;
    }

    /** Queries to the broker, with the header of the claims. */
    List<String> asked() {
        return asked;
    }

    private void mcp(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String method = body.path("method").asText(exchange.getRequestMethod());
        received.add(new Received(method, headers, body));
        if (log.isPresent() && method.equals("tools/call")) {
            Files.writeString(log.get(), """
                    {"time":"t","requestId":"of-envoy","method":"tools/call","server":"ns/one","decision":"forwarded","id":"\\"%s\\""}
                    """.formatted(body.path("id").asText()), StandardOpenOption.APPEND);
        }
        exchange.getResponseHeaders().set("Mcp-Session-Id", "session-of-the-gateway");
        exchange.getResponseHeaders().set("x-envoy-upstream-service-time", "7");
        send(exchange, answers.getOrDefault(method, new Answer(404, "text/plain", "not told")));
    }

    private void route(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getRawQuery() + " "
                + exchange.getRequestHeaders().getFirst("X-Mcp-Why-Claims") + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        send(exchange, answers.getOrDefault("route", new Answer(404, "text/plain", "")));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
