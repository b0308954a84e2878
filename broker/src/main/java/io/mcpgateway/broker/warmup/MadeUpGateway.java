package io.mcpgateway.broker.warmup;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.extproc.played.PlayedEnvoy;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.http.HttpHandler;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.router.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** What the broker reaches: its gateway, which asks the router about the broker's own requests, and the servers behind it. */
final class MadeUpGateway implements HttpHandler {
    /** What a tool answers, byte for byte. */
    static final RawJson RESULT = RawJson.of("{\"content\":[{\"type\":\"text\",\"text\":\"warm\"}]}");

    private static final RawJson MODERN_RESULT =
            RawJson.of("{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"warm\"}]}");
    private static final RawJson INITIALIZED =
            RawJson.of("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                    + "\"serverInfo\":{\"name\":\"warm-up\",\"version\":\"1\"}}");

    private final AtomicInteger answers = new AtomicInteger();
    private volatile Optional<PlayedEnvoy> envoy = Optional.empty();

    /** Asks this one from now on. */
    void askBy(PlayedEnvoy asking) {
        envoy = Optional.of(asking);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        RawJson body = exchange.body();
        if (exchange.headers().has(GatewayHeaders.ROUTER_KEY) && envoy.isPresent()) {
            RequestHead head =
                    new RequestHead(exchange.method(), exchange.authority(), exchange.path(), exchange.headers());
            try {
                envoy.get().ask(head, body).get();
            } catch (ExecutionException over) {
                exchange.answer(HttpAnswer.empty(503));
                return;
            }
        }
        boolean modern = exchange.path().equals(MadeUpServers.MODERN_PATH);
        exchange.answer(
                exchange.method().equals("POST")
                        ? answer(JsonRpcParser.parse(body), modern)
                        : HttpAnswer.empty(exchange.method().equals("DELETE") ? 200 : 405));
    }

    private HttpAnswer answer(JsonRpcMessage message, boolean modern) {
        return switch (message) {
            case JsonRpcMessage.Request request
            when request.method().equals("initialize") ->
                HttpAnswer.json(200, JsonRpcText.result(request.id(), INITIALIZED))
                        .with("Mcp-Session-Id", "warm-up");
            case JsonRpcMessage.Request request -> result(request.id(), modern ? MODERN_RESULT : RESULT);
            case JsonRpcMessage.Notification _, JsonRpcMessage.Reply _ -> HttpAnswer.empty(202);
            case JsonRpcMessage.Malformed _ -> HttpAnswer.empty(400);
        };
    }

    /** As JSON and as an event stream, in turn. */
    private HttpAnswer result(JsonRpcId id, RawJson result) {
        RawJson reply = JsonRpcText.result(id, result);
        return answers.incrementAndGet() % 2 == 0
                ? HttpAnswer.json(200, reply)
                : new HttpAnswer(200, Map.of("Content-Type", List.of(MediaTypes.EVENT_STREAM)), events(reply));
    }

    /** One event with this message. */
    static RawJson events(RawJson message) {
        return RawJson.of(("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
