package io.mcpgateway.broker.bridge.parked;

import com.sun.net.httpserver.HttpExchange;
import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A legacy server whose tool says what the test wants while it runs, and waits for replies. */
public final class AskingServer implements FakeMcpServer.Behaviour {
    public static final String DONE = "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";

    /** What the tool does. */
    @FunctionalInterface
    public interface Tool {
        void run(Talk talk) throws IOException, InterruptedException;
    }

    public final List<String> cancelled = new CopyOnWriteArrayList<>();
    /** Calls whose stream turned out to be closed. */
    public final AtomicInteger abandoned = new AtomicInteger();

    final AtomicInteger finished = new AtomicInteger();

    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private volatile Tool tool = Talk::done;

    public AskingServer does(Tool next) {
        tool = next;
        return this;
    }

    @Override
    public boolean answer(FakeMcpServer server, HttpExchange exchange, FakeMcpServer.Received request)
            throws IOException, InterruptedException {
        if (!request.http().equals("POST")) {
            return false;
        }
        return switch (request.method()) {
            case "tools/call" -> {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    tool.run(new Talk(this, out, request));
                    finished.incrementAndGet();
                } catch (IOException gone) {
                    abandoned.incrementAndGet();
                }
                yield true;
            }
            case "notifications/cancelled" -> {
                cancelled.add(request.body());
                FakeMcpServer.send(exchange, 202, "text/plain", "");
                yield true;
            }
            case "logging/setLevel", "resources/subscribe", "resources/unsubscribe" -> {
                FakeMcpServer.result(exchange, request, "{}");
                yield true;
            }
            case "" -> {
                replies.add(request.body());
                FakeMcpServer.send(exchange, 202, "text/plain", "");
                yield true;
            }
            default -> false;
        };
    }

    /** One run of the tool. */
    public record Talk(AskingServer server, OutputStream out, FakeMcpServer.Received request) {
        public void send(String message) throws IOException {
            out.write(("data: {\"jsonrpc\":\"2.0\"," + message + "}\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        public void form(String id) throws IOException {
            send("\"id\":" + id
                    + ",\"method\":\"elicitation/create\",\"params\":{\"message\":\"sure?\",\"requestedSchema\":"
                    + "{\"type\":\"object\",\"properties\":{}}}");
        }

        public String reply() throws InterruptedException {
            String reply = server.replies.poll(20, TimeUnit.SECONDS);
            if (reply == null) {
                throw new AssertionError("no reply came");
            }
            return reply;
        }

        public void result(String result) throws IOException {
            send("\"id\":" + FakeMcpServer.id(request) + ",\"result\":" + result);
        }

        public void done() throws IOException {
            result(DONE);
        }

        /** Until the stream is closed at the other end. */
        public void hang() throws IOException, InterruptedException {
            while (true) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(20);
            }
        }
    }
}
