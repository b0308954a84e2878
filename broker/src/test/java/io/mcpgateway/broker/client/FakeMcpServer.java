package io.mcpgateway.broker.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MCP server on the loopback whose every answer a test can replace. By default it keeps one session, speaks
 * 2025-11-25, offers tools without listChanged, lists one tool and refuses GET.
 */
public final class FakeMcpServer implements AutoCloseable {
    private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|[0-9]+)");

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
    private final List<String> tools = new CopyOnWriteArrayList<>(List.of(tool("alpha")));
    private volatile Behaviour behaviour = Behaviour.NORMAL;
    private volatile String capabilities = "{\"tools\":{}}";
    private volatile String protocolVersion = "2025-11-25";
    private volatile boolean offersStream;
    private volatile String sessionId = "backend-1";

    /** What the server saw of one request: method of HTTP, method of MCP or empty, headers by lower-case name, body. */
    public record Received(String http, String method, Map<String, String> headers, String body, String path) {}

    /** May answer a request itself and return true, or leave it to the default by returning false. */
    @FunctionalInterface
    public interface Behaviour {
        Behaviour NORMAL = (_, _, _) -> false;

        boolean answer(FakeMcpServer server, HttpExchange exchange, Received request)
                throws IOException, InterruptedException;
    }

    private FakeMcpServer(HttpServer server) {
        this.server = server;
    }

    public static FakeMcpServer start() throws IOException {
        return start(0);
    }

    public static FakeMcpServer start(int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        FakeMcpServer fake = new FakeMcpServer(http);
        http.setExecutor(fake.executor);
        http.createContext("/", fake::handle);
        http.start();
        return fake;
    }

    public static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}";
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public FakeMcpServer behave(Behaviour next) {
        behaviour = next;
        return this;
    }

    public FakeMcpServer capabilities(String json) {
        capabilities = json;
        return this;
    }

    public FakeMcpServer protocolVersion(String version) {
        protocolVersion = version;
        return this;
    }

    public FakeMcpServer sessionId(String id) {
        sessionId = id;
        return this;
    }

    /** Offers the GET stream and tools.listChanged. */
    public FakeMcpServer watchable() {
        offersStream = true;
        return capabilities("{\"tools\":{\"listChanged\":true}}");
    }

    public FakeMcpServer tools(String... json) {
        tools.clear();
        tools.addAll(List.of(json));
        return this;
    }

    public List<Received> received() {
        return received;
    }

    public long count(String method) {
        return received.stream()
                .filter(request -> request.method().equals(method))
                .count();
    }

    public long countHttp(String http) {
        return received.stream().filter(request -> request.http().equals(http)).count();
    }

    public int openStreams() {
        return listeners.size();
    }

    /** Sends one event to every open stream, which is each one whose start a client can have seen. */
    public synchronized void push(String json) throws IOException {
        for (OutputStream listener : listeners) {
            listener.write(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
            listener.flush();
        }
    }

    public synchronized void dropStreams() throws IOException {
        List<OutputStream> dropped = List.copyOf(listeners);
        // First, since the client may be back before the rest of this has run.
        listeners.removeAll(dropped);
        for (OutputStream listener : dropped) {
            listener.close();
        }
    }

    /** Blocks until the server is closed: how a test hangs a request. */
    public void hang() throws InterruptedException {
        closing.await(1, TimeUnit.MINUTES);
    }

    public static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    public static void result(HttpExchange exchange, Received request, String result) throws IOException {
        send(exchange, 200, "application/json", reply(request, result));
    }

    public static String reply(Received request, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id(request) + ",\"result\":" + result + "}";
    }

    public static String id(Received request) {
        Matcher matcher = ID.matcher(request.body());
        return matcher.find() ? matcher.group(1) : "null";
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = METHOD.matcher(body);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        Received request = new Received(
                exchange.getRequestMethod(),
                matcher.find() ? matcher.group(1) : "",
                headers,
                body,
                exchange.getRequestURI().toString());
        received.add(request);
        try {
            if (!behaviour.answer(this, exchange, request)) {
                answer(exchange, request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Received request) throws IOException, InterruptedException {
        switch (request.http()) {
            case "GET" -> stream(exchange);
            case "DELETE" -> send(exchange, 200, "text/plain", "");
            default -> post(exchange, request);
        }
    }

    private void post(HttpExchange exchange, Received request) throws IOException {
        switch (request.method()) {
            case "initialize" -> {
                if (!sessionId.isEmpty()) {
                    exchange.getResponseHeaders().set("Mcp-Session-Id", sessionId);
                }
                result(
                        exchange,
                        request,
                        "{\"protocolVersion\":\"" + protocolVersion + "\",\"capabilities\":" + capabilities
                                + ",\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}");
            }
            case "tools/list" -> result(exchange, request, "{\"tools\":[" + String.join(",", tools) + "]}");
            case "ping" -> result(exchange, request, "{}");
            default -> send(exchange, 202, "text/plain", "");
        }
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        if (!offersStream) {
            send(exchange, 405, "text/plain", "");
            return;
        }
        open(exchange);
    }

    private synchronized void open(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(": open\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        listeners.add(out);
    }
}
