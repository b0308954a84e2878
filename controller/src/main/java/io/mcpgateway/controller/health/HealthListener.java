package io.mcpgateway.controller.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /healthz} (the process lives) and {@code /readyz} (200, or 503 with the reason). */
public final class HealthListener implements AutoCloseable {
    private final HttpServer server;

    private HealthListener(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param notReady why the process is not ready; empty text when it is
     * @throws IOException if the address cannot be bound
     */
    public static HealthListener start(InetSocketAddress address, Supplier<String> notReady) throws IOException {
        HttpServer server = HttpServer.create(address, 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/healthz", exchange -> answer(exchange, ""));
        server.createContext("/readyz", exchange -> answer(exchange, notReady.get()));
        server.start();
        return new HealthListener(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String problem) throws IOException {
        byte[] body = ((problem.isEmpty() ? "ok" : problem) + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(problem.isEmpty() ? 200 : 503, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
