package io.mcpgateway.broker.bridge;

import com.sun.net.httpserver.HttpExchange;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.memory.InMemoryReplyMailbox;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The whole path: a legacy client, the built-in gateway, the broker, the gateway again, a modern server. */
@Timeout(120)
abstract class BridgedPath {
    static final String DONE = "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";

    final SessionStore store = new InMemorySessionStore(100, InstantSource.system());
    final InMemoryReplyMailbox.Office office = new InMemoryReplyMailbox.Office();
    FakeMcpServer server;
    TestReplica replica;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
        replica = replica("replica-1", Optional.empty());
    }

    @AfterEach
    void stop() {
        replica.close();
        server.close();
    }

    TestReplica replica(String address, Optional<Duration> callTimeout) throws IOException {
        return new TestReplica(server.url(), callTimeout, store, office.open(address));
    }

    static FakeMcpServer.Behaviour answering(String result) {
        return (_, exchange, request) -> {
            FakeMcpServer.result(exchange, request, result);
            return true;
        };
    }

    static String cancelOf(String id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    static OutputStream stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    static void event(OutputStream out, String message) throws IOException {
        out.write(("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Until writing fails, which shows that nobody reads any more. */
    static void awaitEnd(OutputStream out, CountDownLatch ended) throws InterruptedException {
        try {
            while (true) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException gone) {
            ended.countDown();
        }
    }
}
