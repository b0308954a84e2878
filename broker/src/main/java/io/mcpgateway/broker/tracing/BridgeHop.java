package io.mcpgateway.broker.tracing;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.http.ExchangeAround;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that the broker makes in its client's place, as the bridge gets it: header and message say that the span of the
 * call to the server goes on, and the bridge passes both on.
 */
record BridgeHop(HttpExchange exchange, JsonRpcMessage.Request request, RawJson body) {
    /**
     * With the span of the call to the server, which is over when the request is.
     *
     * @param server that the router chose, if it is still there
     */
    static BridgeHop of(
            HttpExchange exchange, JsonRpcMessage.Request request, RawJson body, Optional<ServerRoute> server) {
        Optional<RequestTrace> trace = RequestTrace.current();
        Optional<SpokenMessage> message = SpokenMessage.of(body);
        if (trace.isEmpty() || message.isEmpty() || server.isEmpty()) {
            return new BridgeHop(exchange, request, body);
        }
        Map<String, String> context = trace.get()
                .sent(
                        message.get().to(ownName(exchange.headers()), revision(message.get(), server.get())),
                        server.get());
        RawJson sent = MetaContext.write(body, message.get().scan(), context);
        return JsonRpcParser.parse(sent) instanceof JsonRpcMessage.Request edited
                ? new BridgeHop(new WithContext(exchange, context), edited, sent)
                : new BridgeHop(exchange, request, body);
    }

    /** The other era's: the message is translated. */
    private static Optional<String> revision(SpokenMessage message, ServerRoute server) {
        return message.revision().isPresent()
                ? server.eras().legacy().map(ServerEras.LegacyLeg::protocolVersion)
                : server.eras().modern().stream().findFirst();
    }

    /** Which server the router chose. */
    static Optional<String> server(HttpExchange exchange) {
        return exchange.headers().first(GatewayHeaders.SERVER_NAME);
    }

    private static Optional<String> ownName(RequestHeaders headers) {
        return headers.first(GatewayHeaders.TOOL_NAME).or(() -> headers.first(GatewayHeaders.PROMPT_NAME));
    }

    /** The exchange, as if its client had sent this context. */
    private static final class WithContext extends ExchangeAround {
        private final RequestHeaders headers;

        WithContext(HttpExchange exchange, Map<String, String> context) {
            super(exchange);
            Map<String, List<String>> all = new HashMap<>();
            for (String name : exchange.headers().names()) {
                if (!MetaContext.FIELDS.contains(name)) {
                    all.put(name, exchange.headers().all(name));
                }
            }
            context.forEach((name, value) -> all.put(name, List.of(value)));
            this.headers = RequestHeaders.of(all);
        }

        @Override
        public RequestHeaders headers() {
            return headers;
        }
    }
}
