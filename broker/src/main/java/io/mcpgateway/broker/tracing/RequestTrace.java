package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.dispatch.RequestScopes;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.Optional;

/**
 * The spans of one HTTP request while it is in progress: of the client's message, and of the message to a server, if there
 * is one. Safe for several threads: Envoy's stream may end while its decision is still made.
 */
final class RequestTrace implements RequestScopes.Scope {
    private static final ContextKey<RequestTrace> KEY = ContextKey.named("mcp-gateway-request");
    private static final int LEAST_ERROR = 400;

    private final SpanMaker spans;
    private final SpanContext transport;
    private final long begun;
    private Span server = Span.getInvalid();
    private Span client = Span.getInvalid();
    private boolean serverFailed;
    private boolean clientFailed;
    private boolean serverAnswered;
    private boolean over;

    /** @param transport what is said beside the request and its headers */
    RequestTrace(SpanMaker spans, SpanContext transport) {
        this.spans = spans;
        this.transport = transport;
        this.begun = spans.clock();
    }

    /** Of the request that this thread works on. */
    static Optional<RequestTrace> current() {
        return Optional.ofNullable(Context.current().get(KEY));
    }

    @Override
    public void within(Runnable step) {
        try (Scope _ = context().makeCurrent()) {
            step.run();
        }
    }

    /** Of a thread that works on this request. */
    Context context() {
        return Context.current().with(KEY, this);
    }

    /**
     * The client's message is known. Only the first one counts: a call that is decided again stays one request.
     *
     * @param found whether its target is known to exist
     */
    synchronized void received(RequestHeaders headers, SpokenMessage message, boolean found, String decision) {
        if (!server.getSpanContext().isValid()) {
            server = spans.server(begun, transport, headers, message, found);
            server.setAttribute(SpanKeys.DECISION, decision);
            endLate();
        }
    }

    /**
     * A message goes to a server.
     *
     * @return what it carries, as header names and values
     */
    synchronized Map<String, String> sent(SpokenMessage message, ServerRoute to) {
        client.end();
        clientFailed = false;
        serverAnswered = false;
        client = spans.client(server, message, to);
        server.setAttribute(SpanKeys.REGISTRATION, to.name().value());
        Map<String, String> carried = SpanMaker.carrying(client);
        endLate();
        return carried;
    }

    /** The server has begun to answer, with this HTTP status. */
    synchronized void serverAnswered(int status) {
        serverAnswered = true;
        if (status >= LEAST_ERROR) {
            failClient(Integer.toString(status));
        }
    }

    /** The message to the server is over. */
    synchronized void serverDone() {
        client.end();
    }

    /** The client gets this answer. */
    synchronized void answered(Outcome outcome) {
        server.setAttribute(SpanKeys.HTTP_STATUS, (long) outcome.status());
        outcome.code().ifPresent(code -> server.setAttribute(SpanKeys.RPC_STATUS, code));
        outcome.error().ifPresent(type -> {
            failServer(type);
            if (!serverAnswered) {
                failClient(type);
            }
        });
    }

    /** It went wrong in the gateway, or the client has left. What went wrong first counts. */
    synchronized void failed(String type) {
        failServer(type);
        failClient(type);
    }

    private void failServer(String type) {
        if (!serverFailed) {
            serverFailed = true;
            fail(server, type);
        }
    }

    private void failClient(String type) {
        if (!clientFailed) {
            clientFailed = true;
            fail(client, type);
        }
    }

    private static void fail(Span span, String type) {
        span.setAttribute(SpanKeys.ERROR, type);
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public synchronized void end() {
        over = true;
        endLate();
    }

    private void endLate() {
        if (over) {
            client.end();
            server.end();
        }
    }
}
