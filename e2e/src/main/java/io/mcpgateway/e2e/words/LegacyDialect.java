package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** MCP 2025-11-25, with sessions. A question is asked in the call's own stream. */
final class LegacyDialect implements WordServer.Dialect {
    private static final String DISCOVERY = "mcp-broker";
    private static final int PATIENCE_SECONDS = 60;

    private final Delivery delivery;
    private final Executions executions;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Map<String, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean forgetful;

    LegacyDialect(Delivery delivery, Executions executions) {
        this.delivery = delivery;
        this.executions = executions;
    }

    @Override
    public void forgetsClients(boolean forgets) {
        forgetful = forgets;
    }

    @Override
    public void end(String session) {
        known.remove(session);
    }

    @Override
    public int sessions() {
        return known.size();
    }

    @Override
    public void answer(HttpExchange exchange, JsonNode message) throws IOException, InterruptedException {
        String method = message.path("method").asText("");
        String session = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"))
                .orElse("");
        if (!method.equals("initialize") && !known.contains(session)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        switch (method) {
            case "initialize" -> initialize(exchange, message);
            case "tools/list" -> delivery.page(exchange, message);
            case "tools/call" -> {
                executions.begin(Delivery.word(message));
                boolean asks = message.at("/params/name").asText().equals(WordServer.ASK);
                if (forgetful && !asks) {
                    known.remove(session);
                }
                delivery.answer(exchange, message, () -> call(exchange, message, asks));
                if (forgetful) {
                    known.remove(session);
                }
            }
            case "" -> {
                replied(message);
                exchange.sendResponseHeaders(202, -1);
            }
            default -> {
                if (message.has("id")) {
                    Delivery.result(exchange, message, "");
                } else {
                    exchange.sendResponseHeaders(202, -1);
                }
            }
        }
    }

    private void initialize(HttpExchange exchange, JsonNode message) throws IOException, InterruptedException {
        boolean discovery = message.at("/params/clientInfo/name").asText("").equals(DISCOVERY);
        String id = (discovery ? "discovery-" : "client-") + numbers.incrementAndGet();
        known.add(id);
        exchange.getResponseHeaders().set("Mcp-Session-Id", id);
        Delivery.Usual usual = () -> Delivery.result(
                exchange,
                message,
                "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"words\",\"version\":\"1\"}");
        if (discovery) {
            usual.give();
        } else {
            delivery.answer(exchange, message, usual);
        }
    }

    private void call(HttpExchange exchange, JsonNode message, boolean asks) throws IOException, InterruptedException {
        String id = message.get("id").toString();
        String word = Delivery.word(message);
        if (!asks) {
            Delivery.send(exchange, 200, "application/json", Delivery.reply(id, delivery.said(word)));
            return;
        }
        String question = "q-" + numbers.incrementAndGet();
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        asked.put(question, reply);
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            event(
                    out,
                    "{\"jsonrpc\":\"2.0\",\"id\":\"" + question + "\",\"method\":\"elicitation/create\",\"params\":"
                            + Word.question(word) + "}");
            String said =
                    Word.said(reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS).path("result"));
            event(out, Delivery.reply(id, delivery.said(said)));
        } catch (ExecutionException | TimeoutException nobody) {
            throw new IOException("no reply to " + question, nobody);
        } finally {
            asked.remove(question);
        }
    }

    private void replied(JsonNode message) {
        CompletableFuture<JsonNode> waiting = asked.get(message.path("id").asText());
        if (waiting != null) {
            waiting.complete(message);
        }
    }

    private static void event(OutputStream out, String message) throws IOException {
        out.write(("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
