package io.mcpgateway.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An MCP server with one tool, {@code say}, that returns a word. It can be told to misbehave towards clients
 * ({@link #clients}) or in its list ({@link #list}). Requests of the broker's discovery are answered normally as far as
 * possible.
 */
final class ChaosBackend implements AutoCloseable {
    static final String TOOL = "say";

    private static final int LARGE = 2 * 1024 * 1024;
    private static final String PADDING = "x".repeat(LARGE);
    private static final Duration SLOW = Duration.ofMillis(300);
    private static final String DISCOVERY = "mcp-broker";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How it answers clients' tool calls and the initialization of their sessions. */
    enum Clients {
        WELL,
        SLOWLY,
        UNAUTHORIZED,
        MALFORMED,
        HTML,
        LARGE_EVENT,
        /** The headers of a response, and nothing after them. */
        HANG,
        /** The same, but only for initialize. */
        HANG_AT_START
    }

    private final HttpServer server;
    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile Clients clients = Clients.WELL;
    private volatile ListShape list = ListShape.ONE_PAGE;
    private volatile boolean forgetful;

    private ChaosBackend(HttpServer server) {
        this.server = server;
        this.port = server.getAddress().getPort();
    }

    /** On this port; 0 for any. */
    static ChaosBackend start(int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        ChaosBackend backend = new ChaosBackend(http);
        http.setExecutor(backend.threads);
        http.createContext("/", backend::handle);
        http.start();
        return backend;
    }

    int port() {
        return port;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    void clients(Clients behaviour) {
        clients = behaviour;
    }

    void list(ListShape shape) {
        list = shape;
    }

    /** From now on, a session is forgotten after the first call in it, which is still answered. */
    void forgetsClients(boolean forgets) {
        forgetful = forgets;
    }

    /** The tool's result for a word if responses are large. */
    static String large(String word) {
        return word + PADDING + word;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!"POST".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders("DELETE".equals(exchange.getRequestMethod()) ? 200 : 405, -1);
                return;
            }
            JsonNode message = JSON.readTree(body);
            String method = message.path("method").asText("");
            Optional<String> session =
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
            if (!method.equals("initialize") && session.filter(known::contains).isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!message.has("id")) {
                exchange.sendResponseHeaders(202, -1);
            } else {
                if (forgetful && method.equals("tools/call")) {
                    session.ifPresent(known::remove);
                }
                answer(exchange, message, method);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, JsonNode message, String method)
            throws IOException, InterruptedException {
        String client = message.at("/params/clientInfo/name").asText("");
        boolean ofClient = method.equals("tools/call") || (method.equals("initialize") && !client.equals(DISCOVERY));
        if (method.equals("initialize")) {
            String id = (ofClient ? "client-" : "discovery-") + numbers.incrementAndGet();
            known.add(id);
            exchange.getResponseHeaders().set("Mcp-Session-Id", id);
        }
        String id = message.get("id").toString();
        if (!ofClient) {
            send(exchange, 200, "application/json", reply(id, result(method, message)));
            return;
        }
        String word = message.at("/params/arguments/word").asText("");
        String usual = reply(id, result(method, message));
        switch (clients) {
            case WELL -> send(exchange, 200, "application/json", usual);
            case SLOWLY -> {
                closed.await(SLOW.toMillis(), TimeUnit.MILLISECONDS);
                send(exchange, 200, "application/json", usual);
            }
            case UNAUTHORIZED -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"chaos\"");
                send(exchange, 401, "text/plain", "no");
            }
            case MALFORMED -> send(exchange, 200, "application/json", malformed(id, word));
            case HTML -> send(exchange, 200, "text/html", html(word));
            case LARGE_EVENT ->
                send(
                        exchange,
                        200,
                        "text/event-stream",
                        "event: message\ndata: " + (word.isEmpty() ? usual : reply(id, text(large(word)))) + "\n\n");
            case HANG -> hang(exchange);
            case HANG_AT_START -> {
                if (method.equals("initialize")) {
                    hang(exchange);
                } else {
                    send(exchange, 200, "application/json", usual);
                }
            }
        }
    }

    /** The response to a call in place of JSON; {@code word} may be a placeholder. */
    static String malformed(String id, String word) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + word;
    }

    static String html(String word) {
        return "<html><body><h1>Welcome</h1>" + word + "</body></html>";
    }

    private String result(String method, JsonNode message) {
        return switch (method) {
            case "initialize" ->
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"chaos\",\"version\":\"1\"}}";
            case "tools/list" -> list.page(message.at("/params/cursor").asText(""));
            case "tools/call" -> text(message.at("/params/arguments/word").asText(""));
            default -> "{}";
        };
    }

    private static String text(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    private static String reply(String id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void hang(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        closed.await(10, TimeUnit.MINUTES);
    }
}
