package io.mcpgateway.controller.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusJson;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServerStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers {@code /status} like a broker that serves two tools of each of its servers at once. */
public final class FakeBroker implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private StatusReport report = new StatusReport(0, "", List.of(), Instant.EPOCH);

    public FakeBroker() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/status", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public int requests() {
        return requests.get();
    }

    /** Runs a document, as if its Secret had changed. */
    public synchronized void run(String document) {
        String hash = ConfigHash.of(document);
        if (hash.equals(report.configHash())
                || !(ConfigYaml.parse(document) instanceof ConfigYaml.Result.Parsed parsed)) {
            return;
        }
        BrokerConfig config = parsed.config();
        report = new StatusReport(
                report.revision() + 1,
                hash,
                config.servers().stream().map(FakeBroker::status).toList(),
                config.virtualServers().stream()
                        .map(entry -> new VirtualServerStatus(
                                entry.name(), entry.tools().size(), List.of()))
                        .toList(),
                Instant.EPOCH);
        notifyAll();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Read as the controller reads it, so what it says of nothing else has the usual defaults. */
    private static ServerStatus status(McpServer entry) {
        String document =
                """
                {"timestamp": "1970-01-01T00:00:00Z", "servers": [{
                  "id": "%s", "name": "%s", "state": "%s", "ready": %s, "protocolVersion": "2025-11-25",
                  "message": "server added successfully. Total tools added 2", "totalTools": 2}]}
                """.formatted(entry.id(), entry.name(), entry.enabled() ? "Enabled" : "Disabled", entry.enabled());
        return switch (StatusJson.parse(document.getBytes(StandardCharsets.UTF_8))) {
            case StatusJson.Result.Parsed(StatusReport read) -> read.servers().getFirst();
            case StatusJson.Result.Refused(String problem) -> throw new IllegalStateException(problem);
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        byte[] body = StatusJson.print(newerThan(query));
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized StatusReport newerThan(String query) throws IOException {
        if (!query.startsWith("after=")) {
            return report;
        }
        long after = Long.parseLong(query.substring("after=".length(), query.indexOf('&')));
        try {
            for (int slice = 0; slice < 50 && report.revision() <= after; slice++) {
                wait(100);
            }
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
        return report;
    }
}
