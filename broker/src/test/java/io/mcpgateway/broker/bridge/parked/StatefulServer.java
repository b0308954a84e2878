package io.mcpgateway.broker.bridge.parked;

import com.sun.net.httpserver.HttpExchange;
import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A legacy server with sessions: its tool says how many calls there were in the session, and tells only this session that
 * a resource changed.
 */
final class StatefulServer implements FakeMcpServer.Behaviour {
    static final String CHANGED = "file:///a";

    final ConcurrentMap<String, Integer> calls = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final ConcurrentMap<String, OutputStream> streams = new ConcurrentHashMap<>();

    @Override
    public boolean answer(FakeMcpServer server, HttpExchange exchange, FakeMcpServer.Received request)
            throws IOException {
        String session = Objects.requireNonNullElse(request.headers().get("mcp-session-id"), "");
        if (request.http().equals("GET")) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream stream = exchange.getResponseBody();
            send(stream, ": open");
            streams.put(session, stream);
            return true;
        }
        return switch (request.method()) {
            case "initialize" -> {
                server.sessionId("s-" + sessions.incrementAndGet());
                yield false;
            }
            case "resources/subscribe", "resources/unsubscribe" -> {
                FakeMcpServer.result(exchange, request, "{}");
                yield true;
            }
            case "tools/call" -> {
                int call = calls.merge(session, 1, Integer::sum);
                OutputStream stream = streams.get(session);
                if (stream != null) {
                    send(
                            stream,
                            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\""
                                    + CHANGED + "\"}}");
                }
                FakeMcpServer.result(
                        exchange, request, "{\"content\":[],\"structuredContent\":{\"call\":" + call + "}}");
                yield true;
            }
            default -> false;
        };
    }

    private static void send(OutputStream stream, String line) throws IOException {
        stream.write((line + "\n\n").getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
