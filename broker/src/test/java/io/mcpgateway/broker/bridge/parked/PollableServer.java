package io.mcpgateway.broker.bridge.parked;

import com.sun.net.httpserver.HttpExchange;
import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A legacy server that ends the stream of a call before the reply, and has the rest for whoever asks with {@code
 * Last-Event-ID}: each GET gets the next of its answers.
 */
final class PollableServer implements FakeMcpServer.Behaviour {
    /** An event without a message, as servers begin a stream with that they will close. */
    static final String PRIMING = "id: e0\ndata: \n\n";

    /** Answers a GET. */
    @FunctionalInterface
    interface Rest {
        void send(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final AskingServer asking;
    private final BlockingQueue<Rest> rests = new LinkedBlockingQueue<>();

    PollableServer(AskingServer asking) {
        this.asking = asking;
    }

    PollableServer then(Rest rest) {
        rests.add(rest);
        return this;
    }

    /** The next GET gets these events, and the end of the stream. */
    PollableServer then(String events) {
        return then(exchange -> {
            begin(exchange);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(events.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    PollableServer thenStatus(int status) {
        return then(exchange -> FakeMcpServer.send(exchange, status, "text/plain", ""));
    }

    /** The tool of {@link AskingServer}: sends these events and ends. */
    static AskingServer.Tool sends(String events) {
        return talk -> {
            talk.out().write(events.getBytes(StandardCharsets.UTF_8));
            talk.out().flush();
        };
    }

    static String event(String id, String members) {
        return "id: " + id + "\ndata: {\"jsonrpc\":\"2.0\"," + members + "}\n\n";
    }

    static String progress(String id, int step) {
        return event(
                id, "\"method\":\"notifications/progress\",\"params\":{\"progressToken\":7,\"progress\":" + step + "}");
    }

    static String reply(int request) {
        return event("e9", "\"id\":" + request + ",\"result\":" + AskingServer.DONE);
    }

    static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
    }

    /** What the GETs asked for. */
    static List<String> resumedFrom(FakeMcpServer server) {
        return server.received().stream()
                .filter(request -> request.http().equals("GET"))
                .map(request -> request.headers().getOrDefault("last-event-id", "-"))
                .toList();
    }

    @Override
    public boolean answer(FakeMcpServer server, HttpExchange exchange, FakeMcpServer.Received request)
            throws IOException, InterruptedException {
        Rest rest = request.http().equals("GET") ? rests.poll() : null;
        if (rest == null) {
            return asking.answer(server, exchange, request);
        }
        rest.send(exchange);
        return true;
    }
}
