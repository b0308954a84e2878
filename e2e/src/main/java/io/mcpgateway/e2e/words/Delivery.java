package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a server's answers are sent: well, or as its {@link Conduct} says. */
final class Delivery {
    private static final int LARGE = 2 * 1024 * 1024;
    private static final String PADDING = "x".repeat(LARGE);

    private final Era era;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Conduct conduct = Conduct.WELL;
    private volatile Duration pause = Duration.ofMillis(300);
    private volatile ListShape list = ListShape.ONE_PAGE;

    Delivery(Era era) {
        this.era = era;
    }

    /** An answer in one piece. */
    @FunctionalInterface
    interface Usual {
        void give() throws IOException, InterruptedException;
    }

    void conduct(Conduct next) {
        conduct = next;
    }

    void slowly(Duration time) {
        pause = time;
        conduct = Conduct.SLOWLY;
    }

    void list(ListShape shape) {
        list = shape;
    }

    void close() {
        closed.countDown();
    }

    static String large(String word) {
        return word + PADDING + word;
    }

    static String malformed(String id, String word) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + word;
    }

    static String html(String word) {
        return "<html><body><h1>Welcome</h1>" + word + "</body></html>";
    }

    static String word(JsonNode message) {
        return message.at("/params/arguments/word").asText("");
    }

    /** A page of the list of tools. */
    void page(HttpExchange exchange, JsonNode message) throws IOException {
        result(
                exchange,
                message,
                era.completed(0) + list.page(message.at("/params/cursor").asText("")));
    }

    /** A result with these members. */
    static void result(HttpExchange exchange, JsonNode message, String members) throws IOException {
        send(exchange, 200, "application/json", reply(message.get("id").toString(), "{" + members + "}"));
    }

    /** The result of a call: this text. */
    String said(String text) {
        return "{" + era.completed() + "\"content\":[{\"type\":\"text\",\"text\":\"" + text.replace("\"", "'")
                + "\"}]}";
    }

    static String reply(String id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    }

    /** Answers a request of a client, in its own way if this server behaves well. */
    void answer(HttpExchange exchange, JsonNode message, Usual usual) throws IOException, InterruptedException {
        String id = message.get("id").toString();
        boolean starts = message.path("method").asText().equals("initialize");
        switch (conduct) {
            case WELL -> usual.give();
            case SLOWLY -> {
                closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                usual.give();
            }
            case UNAUTHORIZED -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"chaos\"");
                send(exchange, 401, "text/plain", "no");
            }
            case MALFORMED -> send(exchange, 200, "application/json", malformed(id, word(message)));
            case HTML -> send(exchange, 200, "text/html", html(word(message)));
            case LARGE_EVENT -> {
                if (message.at("/params/name").asText().equals(WordServer.SAY)) {
                    String event = reply(id, said(large(word(message))));
                    send(exchange, 200, "text/event-stream", "event: message\ndata: " + event + "\n\n");
                } else {
                    usual.give();
                }
            }
            case HANG -> hang(exchange);
            case HANG_AT_START -> {
                if (starts) {
                    hang(exchange);
                } else {
                    usual.give();
                }
            }
        }
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void hang(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        closed.await(10, TimeUnit.MINUTES);
    }
}
