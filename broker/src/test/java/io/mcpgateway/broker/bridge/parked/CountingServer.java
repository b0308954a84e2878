package io.mcpgateway.broker.bridge.parked;

import com.sun.net.httpserver.HttpExchange;
import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A legacy server that counts how often each call is executed and each of its questions answered. The arguments of a call
 * say which one it is and how much it asks: {@code "run":"r-1.2"} asks twice, one after the other.
 */
final class CountingServer implements FakeMcpServer.Behaviour {
    private static final Pattern RUN = Pattern.compile("\"run\":\"(r-[0-9]+\\.([0-9]))\"");

    final ConcurrentMap<String, Integer> executions = new ConcurrentHashMap<>();
    final ConcurrentMap<String, Integer> replies = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    @Override
    public boolean answer(FakeMcpServer server, HttpExchange exchange, FakeMcpServer.Received request)
            throws IOException, InterruptedException {
        if (!request.http().equals("POST")) {
            return false;
        }
        return switch (request.method()) {
            case "tools/call" -> {
                call(exchange, request);
                yield true;
            }
            case "" -> {
                String id = FakeMcpServer.id(request);
                replies.merge(id, 1, Integer::sum);
                reply(id).complete(null);
                FakeMcpServer.send(exchange, 202, "text/plain", "");
                yield true;
            }
            default -> false;
        };
    }

    private CompletableFuture<Void> reply(String id) {
        return awaited.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    private void call(HttpExchange exchange, FakeMcpServer.Received request) throws IOException, InterruptedException {
        Matcher run = RUN.matcher(request.body());
        if (!run.find()) {
            throw new IOException("not a call of this test: " + request.body());
        }
        executions.merge(run.group(1), 1, Integer::sum);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int question = 1; question <= Integer.parseInt(run.group(2)); question++) {
                String id = "\"" + run.group(1) + "-" + question + "\"";
                send(
                        out,
                        "{\"jsonrpc\":\"2.0\",\"id\":" + id
                                + ",\"method\":\"elicitation/create\",\"params\":{\"message\":"
                                + "\"sure?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}");
                reply(id).get();
            }
            send(out, FakeMcpServer.reply(request, AskingServer.DONE));
        } catch (ExecutionException never) {
            throw new IOException(never);
        }
    }

    private static void send(OutputStream out, String message) throws IOException {
        out.write(("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
