package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One client: makes calls one after the other, each with a unique word. */
final class Caller {
    private static final long INITIALIZE_ID = 1;
    private static final String ASKABLE = McpClient.INITIALIZE.replace(
            "\"capabilities\":{}", "\"capabilities\":{\"elicitation\":{},\"sampling\":{}}");

    /** The kind of client. */
    enum Kind {
        /** One session for all its calls. */
        KEEPS_ITS_SESSION,
        /** The same, and servers may send it requests, so responses pass through the router. */
        CAN_BE_ASKED,
        /** A session for each call, so each call needs a new session at the server. */
        ALWAYS_NEW
    }

    /** The result of one call, before it is known whether the fault was active when it began. */
    record Outcome(long id, String word, Optional<Reply> reply, Optional<String> failure, Duration took) {}

    private final int number;
    private final Kind kind;
    private final String tool;
    private final McpClient connection;
    private final Optional<String> session;
    private long calls = 100;

    private Caller(int number, Kind kind, String tool, McpClient connection) throws IOException {
        this.number = number;
        this.kind = kind;
        this.tool = tool;
        this.connection = connection;
        this.session = kind == Kind.ALWAYS_NEW ? Optional.empty() : Optional.of(begin());
    }

    /**
     * A client that is connected.
     *
     * @throws IOException if it gets no session
     */
    static Caller connect(int number, Kind kind, String tool, McpClient connection) throws IOException {
        return new Caller(number, kind, tool, connection);
    }

    Kind kind() {
        return kind;
    }

    Outcome call() {
        long id = ++calls;
        String word = "w-" + number + "-" + id + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        long start = System.nanoTime();
        try {
            if (session.isPresent()) {
                return outcome(id, word, start, say(id, word, session.get()));
            }
            Reply begun = connection.post(McpClient.INITIALIZE, Map.of());
            Optional<String> fresh = begun.header("mcp-session-id");
            return begun.status() == 200 && fresh.isPresent()
                    ? outcome(id, word, start, say(id, word, fresh.get()))
                    : outcome(INITIALIZE_ID, word, start, begun);
        } catch (IOException e) {
            return new Outcome(id, word, Optional.empty(), Optional.of(e.toString()), since(start));
        }
    }

    private Reply say(long id, String word, String as) throws IOException {
        String body = McpClient.callBody(Long.toString(id), tool, "{\"word\":\"" + word + "\"}");
        return connection.withSession(Optional.of(as)).post(body, Map.of());
    }

    private String begin() throws IOException {
        Reply reply = connection.post(kind == Kind.CAN_BE_ASKED ? ASKABLE : McpClient.INITIALIZE, Map.of());
        return reply.header("mcp-session-id").orElseThrow(() -> new IOException("no session: " + reply));
    }

    private static Outcome outcome(long id, String word, long start, Reply reply) {
        return new Outcome(id, word, Optional.of(reply), Optional.empty(), since(start));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
