package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An MCP server of one era with two tools that return the argument {@code word}: {@link #SAY}, and {@link #ASK}, which
 * returns the word that its client replies when it is asked for it. It can be told to misbehave towards clients ({@link
 * #clients}) or in its list ({@link #list}). Requests of the broker's discovery are answered normally as far as
 * possible.
 */
public final class WordServer implements AutoCloseable {
    public static final String SAY = "say";
    public static final String ASK = "ask";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is special in an era. */
    interface Dialect {
        void answer(HttpExchange exchange, JsonNode message) throws IOException, InterruptedException;

        /** The client ends a session. */
        void end(String session);

        int sessions();

        /** From now on, a session is forgotten after the first call in it, which is still answered. */
        void forgetsClients(boolean forgets);
    }

    private final HttpServer server;
    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Delivery delivery;
    private final Dialect dialect;

    private WordServer(HttpServer server, Era era, Executions executions) {
        this.server = server;
        this.port = server.getAddress().getPort();
        this.delivery = new Delivery(era);
        this.dialect = switch (era) {
            case LEGACY -> new LegacyDialect(delivery, executions);
            case MODERN -> new ModernDialect(delivery, executions);
        };
    }

    /** On this port of the loopback; 0 for any. */
    public static WordServer start(int port, Era era, Executions executions) throws IOException {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), era, executions);
    }

    public static WordServer start(InetSocketAddress address, Era era, Executions executions) throws IOException {
        HttpServer http = HttpServer.create(address, 1024);
        WordServer started = new WordServer(http, era, executions);
        http.setExecutor(started.threads);
        http.createContext("/", started::handle);
        http.start();
        return started;
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    public void clients(Conduct conduct) {
        delivery.conduct(conduct);
    }

    /** From now on, it takes this time for each call before it answers. */
    public void takes(Duration time) {
        delivery.slowly(time);
    }

    public void list(ListShape shape) {
        delivery.list(shape);
    }

    /** From now on, a session is forgotten after the first call in it, which is still answered. */
    public void forgetsClients(boolean forgets) {
        dialect.forgetsClients(forgets);
    }

    /** How many sessions are open. */
    public int sessions() {
        return dialect.sessions();
    }

    /** The tool's result for a word if responses are large. */
    public static String large(String word) {
        return Delivery.large(word);
    }

    /** The response to a call in place of JSON; both may be placeholders. */
    public static String malformed(String id, String word) {
        return Delivery.malformed(id, word);
    }

    /** The page in place of an answer. */
    public static String html(String word) {
        return Delivery.html(word);
    }

    @Override
    public void close() {
        delivery.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "POST" -> dialect.answer(exchange, JSON.readTree(body));
                case "DELETE" -> {
                    dialect.end(Objects.requireNonNullElse(
                            exchange.getRequestHeaders().getFirst("Mcp-Session-Id"), ""));
                    exchange.sendResponseHeaders(200, -1);
                }
                default -> exchange.sendResponseHeaders(405, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
