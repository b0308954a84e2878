package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** MCP 2026-07-28, and nothing older. A question is a result, and the client comes back with its reply. */
final class ModernDialect implements WordServer.Dialect {
    private static final String VERSION = "2026-07-28";

    private final Delivery delivery;
    private final Executions executions;

    ModernDialect(Delivery delivery, Executions executions) {
        this.delivery = delivery;
        this.executions = executions;
    }

    /** There are no sessions. */
    @Override
    public void forgetsClients(boolean forgets) {}

    @Override
    public void end(String session) {}

    @Override
    public int sessions() {
        return 0;
    }

    @Override
    public void answer(HttpExchange exchange, JsonNode message) throws IOException, InterruptedException {
        String method = message.path("method").asText("");
        if (!message.has("id")) {
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        if (!VERSION.equals(exchange.getRequestHeaders().getFirst("Mcp-Protocol-Version"))) {
            error(
                    exchange,
                    message,
                    400,
                    "{\"code\":-32022,\"message\":\"Unsupported protocol version\",\"data\":{\"supported\":[\""
                            + VERSION + "\"],\"requested\":\"2025-11-25\"}}");
            return;
        }
        String problem = mismatch(exchange, message);
        if (!problem.isEmpty()) {
            error(exchange, message, 400, "{\"code\":-32020,\"message\":\"" + problem + "\"}");
            return;
        }
        switch (method) {
            case "server/discover" ->
                Delivery.result(
                        exchange,
                        message,
                        Era.MODERN.completed(0) + "\"supportedVersions\":[\"" + VERSION
                                + "\"],\"capabilities\":{\"tools\":{}}");
            case "tools/list" -> delivery.page(exchange, message);
            case "tools/call" -> {
                boolean returns = message.at("/params").has("inputResponses");
                executions.begin(Delivery.word(message) + (returns ? ", second round" : ""));
                delivery.answer(exchange, message, () -> call(exchange, message, returns));
            }
            default -> error(exchange, message, 404, "{\"code\":-32601,\"message\":\"Method not found\"}");
        }
    }

    /** MCP 2026-07-28, "Server Validation": headers and message say the same. */
    private static String mismatch(HttpExchange exchange, JsonNode message) {
        String method = message.path("method").asText();
        String name = message.at("/params/name").asText("");
        return method.equals(exchange.getRequestHeaders().getFirst("Mcp-Method"))
                        && (name.isEmpty()
                                || name.equals(exchange.getRequestHeaders().getFirst("Mcp-Name")))
                ? ""
                : "headers and message differ";
    }

    private void call(HttpExchange exchange, JsonNode message, boolean returns) throws IOException {
        String word = Delivery.word(message);
        String id = message.get("id").toString();
        String text = word;
        if (message.at("/params/name").asText().equals(WordServer.ASK)) {
            if (!returns) {
                Delivery.result(
                        exchange,
                        message,
                        "\"resultType\":\"input_required\",\"requestState\":\"" + state(word)
                                + "\",\"inputRequests\":{\"q\":{\"method\":\"elicitation/create\",\"params\":"
                                + Word.question(word) + "}}");
                return;
            }
            String state = message.at("/params/requestState").asText();
            text = state.equals(state(word)) ? Word.said(message.at("/params/inputResponses/q")) : "not its " + state;
        }
        Delivery.send(exchange, 200, "application/json", Delivery.reply(id, delivery.said(text)));
    }

    private static String state(String word) {
        return "state of " + word;
    }

    private static void error(HttpExchange exchange, JsonNode message, int status, String error) throws IOException {
        Delivery.send(
                exchange,
                status,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"error\":" + error + "}");
    }
}
