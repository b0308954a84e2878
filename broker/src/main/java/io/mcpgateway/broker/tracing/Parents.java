package io.mcpgateway.broker.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.Optional;

/**
 * What a request's span continues. Pure.
 *
 * @param parent the root, if nobody said anything
 * @param link another trace that the request belongs to as well
 */
record Parents(Context parent, Optional<SpanContext> link) {
    /**
     * If both belong to the same trace, the transport's is nearer: HTTP clients and proxies make their spans within that of
     * the MCP client. If not, the message's goes on, and the transport's is linked, as the semantic conventions have it.
     *
     * @param transport of Envoy's stream, or of the HTTP request
     * @param message of {@code params._meta}
     */
    static Parents of(SpanContext transport, SpanContext message) {
        if (!message.isValid() || transport.getTraceId().equals(message.getTraceId())) {
            return new Parents(context(transport), Optional.empty());
        }
        return new Parents(context(message), Optional.of(transport).filter(SpanContext::isValid));
    }

    private static Context context(SpanContext span) {
        return span.isValid() ? Context.root().with(Span.wrap(span)) : Context.root();
    }
}
