package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.http.ExchangeAround;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.http.HttpHandler;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Calls of tools from the status page. What is sent to {@link #PATH} is answered by the built-in gateway as if it had
 * come to its own port, so the page needs no other origin. Only the page's own script gets here: a form can send neither
 * JSON nor DELETE, and a script of another origin has to ask first (Fetch standard, "CORS-preflight request"), which is
 * not allowed.
 *
 * @param login whether clients of this gateway log in, so that a call needs a token
 * @param gateway the built-in gateway; empty if there is none, or if it must not be reached from here
 */
public record PageCalls(boolean login, Supplier<Optional<HttpHandler>> gateway) {
    /** Of a gateway whose tools cannot be called from the page. */
    public static final PageCalls NONE = new PageCalls(false, Optional::empty);

    static final String PATH = StatusPage.PATH + "/mcp";

    private static final String SAME_ORIGIN = "same-origin";

    public PageCalls {
        Objects.requireNonNull(gateway, "gateway");
    }

    boolean offered() {
        return gateway.get().isPresent();
    }

    /** Answers a request to {@link #PATH}, from an origin that is admitted. */
    void handle(HttpExchange exchange) throws IOException, InterruptedException {
        Optional<HttpHandler> answering = gateway.get();
        Optional<HttpAnswer> refusal = answering.isEmpty()
                ? Optional.of(HttpAnswer.text(404, "tools cannot be called from this page; see docs/status-page.md"))
                : refusal(exchange);
        if (refusal.isPresent()) {
            exchange.answer(StatusPage.safe(refusal.get()));
        } else {
            answering.get().handle(new ToGateway(exchange));
        }
    }

    private static Optional<HttpAnswer> refusal(HttpExchange exchange) {
        if (!exchange.method().equals("POST") && !exchange.method().equals("DELETE")) {
            return Optional.of(HttpAnswer.text(405, "method not allowed; use POST or DELETE")
                    .with("Allow", "POST, DELETE"));
        }
        // Fetch Metadata Request Headers, section 2.2; older browsers do not send it.
        if (!exchange.headers().first("sec-fetch-site").orElse(SAME_ORIGIN).equals(SAME_ORIGIN)) {
            return Optional.of(HttpAnswer.text(403, "only the status page itself may call tools here"));
        }
        if (exchange.method().equals("POST") && !isJson(exchange)) {
            return Optional.of(HttpAnswer.text(415, "send " + MediaTypes.JSON));
        }
        return Optional.empty();
    }

    private static boolean isJson(HttpExchange exchange) {
        return exchange.headers()
                .first("content-type")
                .map(type -> type.split(";", 2)[0].strip())
                .filter(MediaTypes.JSON::equalsIgnoreCase)
                .isPresent();
    }

    /** The same request at the gateway's own path. */
    private static final class ToGateway extends ExchangeAround {
        ToGateway(HttpExchange exchange) {
            super(exchange);
        }

        @Override
        public String path() {
            return BrokerLaunch.MCP_PATH;
        }

        @Override
        public Optional<String> query() {
            return Optional.empty();
        }
    }
}
