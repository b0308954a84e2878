package io.mcpgateway.broker.status;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import java.io.IOException;

/** {@code /health} and {@code /healthz}: the process answers. {@code /readyz}: it should get traffic. */
public final class HealthEndpoint {
    private final Readiness readiness;

    public HealthEndpoint(Readiness readiness) {
        this.readiness = readiness;
    }

    public void alive(HttpExchange exchange) throws IOException {
        answer(exchange, HttpAnswer.text(200, "ok"));
    }

    public void ready(HttpExchange exchange) throws IOException {
        int status = readiness.state() == Readiness.State.READY ? 200 : 503;
        answer(exchange, HttpAnswer.text(status, readiness.reason()));
    }

    private static void answer(HttpExchange exchange, HttpAnswer answer) throws IOException {
        boolean read = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        exchange.answer(
                read
                        ? answer.with("Cache-Control", "no-store")
                        : HttpAnswer.text(405, "method not allowed; use GET").with("Allow", "GET, HEAD"));
    }
}
