package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.http.HttpHandler;
import io.opentelemetry.context.Scope;
import java.io.IOException;

/** Makes each request the current one while it is handled; its spans end when its handler is done. */
final class TracedHandler implements HttpHandler {
    /** Who makes the span of the client's message. */
    enum Spans {
        /** A {@link TracedDispatcher}, if it is not for the broker. */
        OF_DISPATCHER,
        /** This handler: whatever arrives is answered behind it. */
        OF_HANDLER
    }

    private final HttpHandler next;
    private final SpanMaker maker;
    private final Spans spans;

    TracedHandler(HttpHandler next, SpanMaker maker, Spans spans) {
        this.next = next;
        this.maker = maker;
        this.spans = spans;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        RequestTrace trace = new RequestTrace(maker, SpanMaker.context(exchange.headers()::first));
        try (Scope _ = trace.context().makeCurrent()) {
            next.handle(new TracedExchange(exchange, trace, spans));
        } catch (IOException | InterruptedException | RuntimeException problem) {
            trace.failed(problem.getClass().getName());
            throw problem;
        } finally {
            trace.end();
        }
    }
}
